package dev.foresail.eval.consensus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.eval.knownbugs.Explorations;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The whole of it, 1,321,761 worlds, is counted by the tests tagged {@code large}. */
final class PaxosCommitTest {
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);
    private static final SearchSettings EIGHT_DEEP =
            SearchSettings.DEFAULT.beyondViolations().withMaxDepth(8);

    @Test
    void theExplorerAndTheReferenceImplementationCountTheSameToTheEighthAction() {
        SystemModel<PaxosCommit> model =
                Explorations.model(new PaxosCommitMachine(), new PaxosCommitScenario(), Map.of());
        SearchReport explored = new Explorer<>(model, RESOURCES).search(EIGHT_DEEP);
        SearchReport plain = new NaiveExplorer(RESOURCES, false).search(model, EIGHT_DEEP);
        assertEquals(plain.worldsByDepth(), explored.worldsByDepth());
        assertEquals(14_540, explored.distinctWorlds());
        assertEquals(14_540, plain.distinctWorlds());
        assertEquals(72_798, explored.transitions());
        assertEquals(72_798, plain.transitions());
        assertEquals(List.of(), explored.violations());
        assertEquals(List.of(), plain.violations());
    }
}
