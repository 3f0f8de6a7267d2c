package dev.foresail.predictor.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.predictor.fixture.TwoPhase;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import org.junit.jupiter.api.Test;

class NaiveExplorerTest {
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);

    /** The figures of TLC for TwoPhase.tla, whose depth counts worlds and whose transitions count the initial world. */
    @Test
    void twoPhaseCommitHasAsManyWorldsAsTlcCounts() {
        for (boolean wholeBytes : new boolean[] {true, false}) {
            SearchReport report =
                    new NaiveExplorer(RESOURCES, wholeBytes).search(TwoPhase.model(3), SearchSettings.DEFAULT);
            assertEquals(288, report.distinctWorlds());
            assertEquals(1146 - 1, report.transitions());
            assertEquals(11 - 1, report.maxDepth());
            assertEquals(SearchReport.Outcome.HOLDS, report.outcome());
        }
    }
}
