package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Muster;
import dev.foresail.predictor.fixture.MusterMachine;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Phases in searches: every order of answers, deadlines, crashes and restarts, and nothing besides. */
class PhasesTest {
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);
    private static final SearchSettings TO_THE_END = SearchSettings.DEFAULT.beyondViolations();

    /** One node that calls {@code called} others once, of which {@code wanted} are enough. */
    private static SystemModel.Builder<Muster> model(int called, int wanted) {
        SystemModel.Builder<Muster> model = SystemModel.of(new MusterMachine());
        for (int number = 1; number <= called + 1; number++) {
            model.node(NodeId.of(number), Map.of("wanted", wanted));
        }
        return model.offer(1, NodeId.of(1), "muster", called);
    }

    private static SearchReport search(SystemModel<Muster> model, SearchSettings settings) {
        SearchReport plain = new NaiveExplorer(RESOURCES, false).search(model, settings);
        SearchReport fast = new Explorer<>(model, RESOURCES).search(settings);
        assertEquals(plain.worldsByDepth(), fast.worldsByDepth());
        assertEquals(plain.transitions(), fast.transitions());
        return fast;
    }

    private static Set<String> violated(SearchReport report) {
        return report.violations().stream().map(each -> each.property()).collect(Collectors.toSet());
    }

    /**
     * The world before; those in which no deadline has gone off, where each called node has been asked, has answered or has been heard; and those after a deadline.
     */
    @Test
    void theWorldsAreThoseThatCanBeCounted() {
        for (int called = 1; called <= 4; called++) {
            int ways = (int) Math.pow(3, called);
            SearchReport report =
                    search(model(called, called).network(Network.UNORDERED).build(), TO_THE_END);
            assertEquals(1 + ways + timedOut(called), report.distinctWorlds(), "of " + called);
        }
    }

    /** By how many had been heard before the deadline, all but one at most, and of whom nothing is on its way any more; the question or the answer of each other one is. */
    private static int timedOut(int called) {
        int worlds = 0;
        for (int here = 0; here < called; here++) {
            // Of those who had been heard nothing is on its way, and later answers are dropped one by one.
            for (int gone = here; gone <= called; gone++) {
                worlds += choose(called, gone) * (int) Math.pow(2, called - gone);
            }
        }
        return worlds;
    }

    private static int choose(int all, int some) {
        return some == 0 ? 1 : choose(all - 1, some - 1) * all / some;
    }

    @Test
    void whatComesTwiceCountsOnce() {
        SystemModel<Muster> model =
                model(3, 2).network(Network.DUPLICATING).failures(Failures.NONE).build();
        SearchReport report = search(model, TO_THE_END);
        assertEquals(Set.of("isEnoughHere"), violated(report), "which a deadline may violate, and nothing else");
    }

    /** Whoever is asked or asks may crash and come back, and connections may break: a phase that is durable ends all the same, once. */
    @Test
    void aCrashAmidAPhaseIsLikeAnyOther() {
        Failures failures = Failures.NONE.withCrashes(1).withRestarts().withBreaks(1);
        SystemModel<Muster> model =
                model(2, 2).network(Network.ORDERED).failures(failures).build();
        SearchReport report = search(model, TO_THE_END.withMaxDepth(8));
        assertEquals(Set.of("isEnoughHere"), violated(report));
        assertTrue(report.distinctWorlds() > 500, () -> "only " + report.distinctWorlds());
    }
}
