package dev.foresail.network.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.measure.ProbePlanner.Need;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbePlannerTest {
    private static final long SECOND = 1_000_000_000L;

    private final ProbePlanner<String> planner = new ProbePlanner<>(100, 1_000);

    private static Need<String> need(String peer, long ageSeconds) {
        return new Need<>(peer, ageSeconds * SECOND, 10 * SECOND, 100, 2 * SECOND);
    }

    @Test
    void onlyWhatIsTooOldForItsUseIsProbedTheMostOverdueFirst() {
        assertEquals(List.of(), planner.due(List.of(need("a", 99)), 0), "nothing is saved up yet");
        List<Need<String>> needs = List.of(need("fresh", 10), need("old", 20), need("oldest", 50));
        assertEquals(List.of("oldest", "old"), planner.due(needs, 10 * SECOND));
    }

    @Test
    void theBudgetIsKeptAndTheMostOverdueIsWaitedFor() {
        planner.due(List.of(), 0);
        Need<String> dear = new Need<>("dear", Long.MAX_VALUE, SECOND, 500, SECOND);
        assertEquals(List.of(), planner.due(List.of(need("cheap", 20), dear), 3 * SECOND));
        assertEquals(List.of("dear", "cheap"), planner.due(List.of(need("cheap", 20), dear), 6 * SECOND));
        assertEquals(List.of(), planner.due(List.of(need("other", 20)), 6 * SECOND));
    }

    /** Else it would be the most overdue for ever, and keep all others from being probed. */
    @Test
    void whatCostsMoreThanCanBeSavedIsPaidAfterwards() {
        planner.due(List.of(), 0);
        Need<String> dear = new Need<>("dear", Long.MAX_VALUE, SECOND, 1_000_000, SECOND);
        assertEquals(List.of("dear"), planner.due(List.of(need("cheap", 20), dear), 1_000_000 * SECOND));
        assertEquals(List.of(), planner.due(List.of(need("cheap", 30)), 1_000_001 * SECOND));
    }

    @Test
    void savingsAreBounded() {
        planner.due(List.of(), 0);
        List<Need<String>> needs = java.util.stream.IntStream.range(0, 50)
                .mapToObj(peer -> need("p" + peer, 20))
                .toList();
        assertEquals(10, planner.due(needs, 1_000_000 * SECOND).size());
    }

    @Test
    void aPeerHasTimeToAnswer() {
        planner.due(List.of(), 0);
        assertEquals(List.of("a"), planner.due(List.of(need("a", 20)), 10 * SECOND));
        assertEquals(List.of(), planner.due(List.of(need("a", 21)), 11 * SECOND));
        assertEquals(List.of("a"), planner.due(List.of(need("a", 22)), 12 * SECOND));
    }

    @Test
    void aClockThatRunsBackwardsEarnsNothing() {
        planner.due(List.of(), 100 * SECOND);
        assertEquals(List.of(), planner.due(List.of(need("a", 20)), 0));
        assertEquals(List.of(), planner.due(List.of(need("a", 20)), 100 * SECOND));
        assertEquals(List.of("a"), planner.due(List.of(need("a", 20)), 101 * SECOND));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThrows(IllegalArgumentException.class, () -> new ProbePlanner<String>(-1, 0));
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new Need<>("a", 0, 0, 100, 0));
        assertTrue(refused.getMessage().contains("tolerated age 0"));
    }
}
