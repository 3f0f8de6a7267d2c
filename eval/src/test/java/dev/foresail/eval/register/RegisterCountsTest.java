package dev.foresail.eval.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The numbers of worlds that Stateright counts in the same models. Its number of generated states counts the initial world
 * too: it is one more than the transitions here.
 */
final class RegisterCountsTest {
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);
    private static final SearchSettings TO_THE_END = SearchSettings.DEFAULT.beyondViolations();

    /** By the explorer, and by the reference implementation. */
    private static <S> void assertCounts(SystemModel<S> model, long worlds, long generated) {
        assertCounts(new Explorer<>(model, RESOURCES).search(TO_THE_END), worlds, generated);
        assertCounts(new NaiveExplorer(RESOURCES, true).search(model, TO_THE_END), worlds, generated);
    }

    private static void assertCounts(SearchReport report, long worlds, long generated) {
        assertEquals(SearchReport.Ended.EXHAUSTED, report.ended());
        assertEquals(worlds, report.distinctWorlds(), "distinct worlds");
        assertEquals(generated - 1, report.transitions(), "transitions");
        assertEquals(List.of(), report.violations());
    }

    @Test
    void aSingleCopyForTwoClients() {
        assertCounts(RegisterModels.singleCopy(2, 1), 93, 121);
    }

    @Test
    void aSingleCopyForThreeClients() {
        assertCounts(RegisterModels.singleCopy(3, 1), 4_243, 6_778);
    }

    @Test
    void paxosForTwoClients() {
        assertCounts(RegisterModels.paxos(2, 3), 16_668, 32_971);
    }

    @Test
    void attiyaBarNoyDolevForTwoClients() {
        assertCounts(RegisterModels.abd(2, 2), 544, 875);
    }

    @Test
    void twoCopiesAreNotLinearisable() {
        SystemModel<?> model = RegisterModels.singleCopy(2, 2);
        SearchReport report =
                new NaiveExplorer(SearchResources.of(Runnable::run), true).search(model, SearchSettings.DEFAULT);
        assertEquals(SearchReport.Outcome.VIOLATED, report.outcome());
        Violation violation = report.violations().get(0);
        assertEquals(RegisterSystem.LINEARIZABLE, violation.property());
        // A client writes at one server and reads nothing at the other: four deliveries, and there is no shorter way.
        assertEquals(4, violation.depth());
        assertViolatedAtTheEnd(model, violation);
    }

    private static <S> void assertViolatedAtTheEnd(SystemModel<S> model, Violation violation) {
        ReferenceWorld<S> world = ReferenceWorld.initial(model).get(violation.initialWorld());
        for (Action action : violation.actions()) {
            assertEquals(List.of(), world.violatedProperties());
            world = world.take(action).world();
        }
        assertEquals(List.of(RegisterSystem.LINEARIZABLE), world.violatedProperties());
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> RegisterModels.paxos(0, 3))
                .getMessage()
                .contains("not 0"));
        assertThrows(IllegalArgumentException.class, () -> RegisterModels.paxos(27, 3));
        assertThrows(IllegalArgumentException.class, () -> RegisterModels.abd(2, 0));
    }
}
