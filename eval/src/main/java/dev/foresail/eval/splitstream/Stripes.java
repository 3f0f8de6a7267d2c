package dev.foresail.eval.splitstream;

import dev.foresail.network.random.Hashing;
import java.util.List;
import java.util.stream.LongStream;

/** The keys of a stream's stripes: the stream's key with each value for its first digit. Pure functions. */
final class Stripes {
    /** As many as a digit of four bits has values. */
    static final int COUNT = 16;

    /** Bits of a key's first digit. */
    static final int DIGIT_BITS = 4;

    private static final int DIGIT_SHIFT = Long.SIZE - DIGIT_BITS;

    private Stripes() {}

    static List<Long> keys(long stream) {
        return LongStream.range(0, COUNT)
                .mapToObj(digit -> stream & (1L << DIGIT_SHIFT) - 1 | digit << DIGIT_SHIFT)
                .toList();
    }

    /** The group of the nodes with room for more children: its key has nothing to do with the stripes'. */
    static long spareKey(long stream) {
        return Hashing.mix(stream);
    }

    /** The stripe of a block: they take turns. */
    static long keyOf(long stream, long number) {
        return keys(stream).get((int) (number % COUNT));
    }
}
