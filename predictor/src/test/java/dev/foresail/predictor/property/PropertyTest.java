package dev.foresail.predictor.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PropertyTest {
    private static List<Integer> list(Choices choices) {
        List<Integer> list = new ArrayList<>();
        for (int left = choices.below(20); left > 0; left--) {
            list.add(choices.below(1_000));
        }
        return list;
    }

    private static void noneIsLarge(Choices choices) {
        List<Integer> list = list(choices);
        if (list.stream().anyMatch(number -> number >= 137)) {
            throw new IllegalStateException("large: " + list);
        }
    }

    private static void noTwoAreEqual(Choices choices) {
        List<Integer> list = list(choices);
        assertEquals(list.size(), new HashSet<>(list).size());
    }

    @Test
    void whatHoldsPassesAndWasTriedWithDifferentChoices() {
        Set<List<Integer>> seen = new HashSet<>();
        Property.check(1, 50, choices -> seen.add(list(choices)));
        assertTrue(seen.size() > 40, "different cases: " + seen.size());
    }

    @Test
    void aFailureIsShrunkToTheSmallestCaseAndNamesTheSeed() {
        AssertionError thrown =
                assertThrows(AssertionError.class, () -> Property.check(2, 50, PropertyTest::noneIsLarge));
        assertTrue(thrown.getMessage().contains("seed 2"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("Property.replay(List.of(1, 137)"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("large: [137]"), thrown.getMessage());
    }

    @Test
    void whatWasReportedFailsAgain() {
        assertThrows(IllegalStateException.class, () -> Property.replay(List.of(1, 137), PropertyTest::noneIsLarge));
        Property.replay(List.of(1, 136), PropertyTest::noneIsLarge);
    }

    @Test
    void choicesThatDependOnEachOtherAreShrunkToo() {
        AssertionError thrown =
                assertThrows(AssertionError.class, () -> Property.check(3, 500, PropertyTest::noTwoAreEqual));
        assertTrue(thrown.getMessage().contains("List.of(2)"), "two times 0: " + thrown.getMessage());
    }

    @Test
    void theSameSeedDrawsTheSame() {
        List<List<Integer>> first = new ArrayList<>();
        List<List<Integer>> second = new ArrayList<>();
        Property.check(4, 10, choices -> first.add(list(choices)));
        Property.check(4, 10, choices -> second.add(list(choices)));
        assertEquals(first, second);
    }

    @Test
    void aSequenceThatIsTooShortOrTooLargeIsStillACase() {
        Choices choices = Choices.replay(List.of(7, 12));
        assertEquals(7, choices.below(10));
        assertEquals(2, choices.below(10));
        assertEquals(0, choices.below(10));
        assertEquals(List.of(7, 2, 0), choices.drawn());
        assertEquals("a", choices.oneOf(List.of("a", "b")));
    }
}
