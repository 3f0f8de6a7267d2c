package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.property.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FingerprintSetTest {
    private record Fingerprint(long first, long second) {}

    @Test
    void whateverIsAddedItKnowsWhatASetKnows() {
        for (boolean wide : new boolean[] {false, true}) {
            Property.check(1, 50, choices -> {
                FingerprintSet set = new FingerprintSet(wide);
                Set<Fingerprint> expected = new HashSet<>();
                // Few bits at both ends: many have the same place, and many are the same.
                for (int step = choices.below(400); step > 0; step--) {
                    long first = (long) (1 + choices.below(12)) << 40 | choices.below(24);
                    long second = choices.below(3);
                    Fingerprint known = new Fingerprint(first, wide ? second : 0);
                    assertEquals(expected.contains(known), set.contains(first, second));
                    assertEquals(expected.add(known), set.add(first, second));
                    assertEquals(expected.size(), set.size());
                }
            });
        }
    }

    @Test
    void addingManyAtATimeIsAddingThemOneByOne() {
        for (boolean wide : new boolean[] {false, true}) {
            int stride = wide ? 3 : 2;
            Property.check(2, 50, choices -> {
                FingerprintSet many = new FingerprintSet(wide);
                FingerprintSet single = new FingerprintSet(wide);
                for (int batch = choices.below(6); batch > 0; batch--) {
                    long[] words = new long[stride * choices.below(200)];
                    List<Long> expected = new ArrayList<>(List.of(-1L));
                    for (int word = 0; word < words.length; word += stride) {
                        words[word] = (long) choices.below(12) << 40 | choices.below(24);
                        words[word + 1] = word;
                        if (wide) {
                            words[word + 2] = choices.below(3);
                        }
                        if (single.add(words[word], wide ? words[word + 2] : 0)) {
                            expected.add((long) word);
                        }
                    }
                    long[] origins = new long[1 + words.length];
                    origins[0] = -1;
                    int count = many.addAll(words, 0, words.length, origins, 1);
                    assertEquals(
                            expected,
                            Arrays.stream(origins).limit(count).boxed().toList());
                    assertEquals(single.size(), many.size());
                }
            });
        }
    }

    @Test
    void zeroIsAFingerprintLikeAnyOther() {
        FingerprintSet set = new FingerprintSet(false);
        assertFalse(set.contains(0, 0));
        assertTrue(set.add(0, 0));
        assertFalse(set.add(0, 0));
        assertTrue(set.contains(0, 0));
    }

    @Test
    void onlyWideOnesTellTheSecondHalvesApart() {
        FingerprintSet narrow = new FingerprintSet(false);
        assertTrue(narrow.add(7, 1));
        assertFalse(narrow.add(7, 2));
        FingerprintSet wide = new FingerprintSet(true);
        assertTrue(wide.add(7, 1));
        assertFalse(wide.contains(7, 2));
        assertTrue(wide.add(7, 2));
        assertFalse(wide.add(7, 1));
        assertEquals(2, wide.size());
    }

    @Test
    void nothingIsForgottenWhenItGrows() {
        FingerprintSet set = new FingerprintSet(true);
        for (int round = 0; round < 2; round++) {
            for (long number = 1; number <= 50_000; number++) {
                assertEquals(round == 0, set.add(number * 0x9E3779B97F4A7C15L, number));
            }
        }
        assertEquals(50_000, set.size());
        assertFalse(set.contains(0x123456789L, 50_001));
    }
}
