package dev.foresail.predictor.objective.language;

import java.util.Optional;

/** What a value is of. Values are kept in seconds, bytes and bits per second. */
public enum Dimension {
    NUMBER("a number"),
    DURATION("a duration"),
    BYTES("a size in bytes"),
    RATE("a bit rate");

    private static final double BITS_PER_BYTE = 8;

    private final String words;

    Dimension(String words) {
        this.words = words;
    }

    /** For messages. */
    public String words() {
        return words;
    }

    /** A dimension, and what a value has to be multiplied with to be in its unit. */
    public record Scaled(Dimension dimension, double factor) {}

    /** Of a product; empty when there is none. */
    public Optional<Scaled> times(Dimension other) {
        if (this == NUMBER || other == NUMBER) {
            return Optional.of(new Scaled(this == NUMBER ? other : this, 1));
        }
        boolean isAmount = this == RATE && other == DURATION || this == DURATION && other == RATE;
        return isAmount ? Optional.of(new Scaled(BYTES, 1 / BITS_PER_BYTE)) : Optional.empty();
    }

    /** Of a quotient; empty when there is none. */
    public Optional<Scaled> over(Dimension divisor) {
        if (divisor == NUMBER || this == divisor) {
            return Optional.of(new Scaled(divisor == NUMBER ? this : NUMBER, 1));
        }
        if (this == BYTES) {
            return Optional.of(new Scaled(divisor == DURATION ? RATE : DURATION, BITS_PER_BYTE));
        }
        return Optional.empty();
    }
}
