package dev.foresail.predictor.explore;

import java.util.ArrayList;
import java.util.List;

/** The properties of which something could not be told in some world, a bit each. For one worker; not thread-safe. */
final class Untold {
    private long bits;

    /** The property with that number, in some world. */
    void add(int property) {
        bits |= 1L << property;
    }

    void addAll(long properties) {
        bits |= properties;
    }

    long bits() {
        return bits;
    }

    /** The names of those in {@code bits}. */
    static List<String> names(List<String> all, long bits) {
        List<String> names = new ArrayList<>();
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            names.add(all.get(Long.numberOfTrailingZeros(rest)));
        }
        return names;
    }
}
