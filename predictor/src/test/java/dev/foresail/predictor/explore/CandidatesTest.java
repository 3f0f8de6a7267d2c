package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class CandidatesTest {
    @Test
    void eachGoesWhereTheFirstBitsOfItsFingerprintSay() {
        for (boolean wide : new boolean[] {false, true}) {
            Candidates candidates = new Candidates(wide);
            int stride = wide ? 3 : 2;
            assertEquals(stride, candidates.stride());
            for (int number = 0; number < 5_000; number++) {
                candidates.add(0xFC00_0000_0000_0000L | number, -number, number, Ancestry.step(63, number));
            }
            candidates.add(5, 6, 7, 8);
            assertEquals(stride, candidates.size(0));
            assertEquals(5_000 * stride, candidates.size(63));
            long[] words = candidates.words(63);
            for (int number = 0; number < 5_000; number++) {
                int place = number * stride;
                assertEquals(0xFC00_0000_0000_0000L | number, words[place]);
                assertEquals(number, (int) (words[place + 1] >>> 32));
                assertEquals(Ancestry.step(63, number), (int) words[place + 1]);
                if (wide) {
                    assertEquals(-number, words[place + 2]);
                }
            }
            candidates.clear();
            assertEquals(0, candidates.size(63));
        }
    }
}
