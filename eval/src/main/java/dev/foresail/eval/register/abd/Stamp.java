package dev.foresail.eval.register.abd;

import dev.foresail.choice.NodeId;
import java.util.Comparator;

/** When a value was written, ordered by clock, then by server. */
public record Stamp(int clock, NodeId server) implements Comparable<Stamp> {
    private static final Comparator<Stamp> ORDER =
            Comparator.comparingInt(Stamp::clock).thenComparing(Stamp::server);

    @Override
    public int compareTo(Stamp other) {
        return ORDER.compare(this, other);
    }
}
