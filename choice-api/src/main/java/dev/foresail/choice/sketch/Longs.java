package dev.foresail.choice.sketch;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/** An unmodifiable list without boxes: aggregates are made anew with every event. */
final class Longs extends AbstractList<Long> implements RandomAccess {
    final long[] values;

    /** @param values not copied */
    Longs(long... values) {
        this.values = values;
    }

    /** The list itself when it is one of these, else a copy. */
    static Longs of(List<Long> list) {
        if (list instanceof Longs longs) {
            return longs;
        }
        long[] values = new long[list.size()];
        for (int index = 0; index < values.length; index++) {
            values[index] = list.get(index);
        }
        return new Longs(values);
    }

    @Override
    public Long get(int index) {
        return values[Objects.checkIndex(index, values.length)];
    }

    @Override
    public int size() {
        return values.length;
    }

    /** The bits of both, word by word; neither is changed. */
    static long[] union(long[] one, long[] other) {
        long[] union = one.clone();
        for (int index = 0; index < union.length; index++) {
            union[index] |= other[index];
        }
        return union;
    }

    /** Bits of which each depends on all of {@code value}: the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
    static long scattered(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
