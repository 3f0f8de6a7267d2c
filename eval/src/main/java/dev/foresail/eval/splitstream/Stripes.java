package dev.foresail.eval.splitstream;

import java.util.List;
import java.util.stream.LongStream;

/** The keys of a stream's stripes: the stream's key with each value for its first digit. Pure functions. */
final class Stripes {
    /** As many as a digit of four bits has values. */
    static final int COUNT = 16;

    private static final int DIGIT_SHIFT = 60;

    private Stripes() {}

    static List<Long> keys(long stream) {
        return LongStream.range(0, COUNT)
                .mapToObj(digit -> stream & (1L << DIGIT_SHIFT) - 1 | digit << DIGIT_SHIFT)
                .toList();
    }

    /** The stripe of a block: they take turns. */
    static long keyOf(long stream, long number) {
        return keys(stream).get((int) (number % COUNT));
    }
}
