package dev.foresail.eval.register;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** As {@link RegisterCountsTest}, where a naive search would take too long. */
final class RegisterLargeCountsTest {
    private static <S> void assertCounts(SystemModel<S> model, long worlds, long generated) {
        SearchReport report = new Explorer<>(model, SearchResources.of(Runnable::run)).search(SearchSettings.DEFAULT);
        assertEquals(SearchReport.Outcome.HOLDS, report.outcome());
        assertEquals(worlds, report.distinctWorlds(), "distinct worlds");
        assertEquals(generated - 1, report.transitions(), "transitions");
    }

    @Tag("large")
    @Test
    void aSingleCopyForFourClients() {
        assertCounts(RegisterModels.singleCopy(4, 1), 400_233, 731_789);
    }

    @Tag("large")
    @Test
    void paxosForThreeClients() {
        assertCounts(RegisterModels.paxos(3, 3), 1_194_428, 2_420_477);
    }
}
