package dev.foresail.predictor.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.fixture.Dispatch;
import dev.foresail.predictor.fixture.DispatchMachine;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three alternatives, of which the first is best. */
class ExplorationTest {
    private static final List<Decision.Value> COSTS = values(1);
    private static final NodeId FRONT = NodeId.of(1);

    private static List<Decision.Value> values(int term) {
        return List.of(
                new Decision.Value(10, 0, 4, term),
                new Decision.Value(11, 0, 4, term),
                new Decision.Value(14, 0, 2, term));
    }

    private static int explored(double share, List<Decision.Value> values) {
        Exploration exploration = new Exploration(share, RandomStream.of(4, "explore"));
        int others = 0;
        for (int decision = 0; decision < 1_000; decision++) {
            others += exploration.take(0, values) == 0 ? 0 : 1;
        }
        return others;
    }

    @Test
    void theShareIsExploredAndNoMore() {
        assertEquals(0, explored(0, COSTS));
        assertEquals(1_000, explored(1, COSTS));
        int tenth = explored(0.1, COSTS);
        assertTrue(tenth > 60 && tenth < 140, "explored: " + tenth);
    }

    @Test
    void everyOtherAlternativeIsTaken() {
        Exploration exploration = new Exploration(1, RandomStream.of(4, "explore"));
        int[] taken = new int[3];
        for (int decision = 0; decision < 900; decision++) {
            taken[exploration.take(1, COSTS)]++;
        }
        assertEquals(0, taken[1]);
        assertTrue(taken[0] > 350 && taken[2] > 350, taken[0] + " and " + taken[2]);
    }

    @Test
    void nothingUnsafeIsExplored() {
        assertEquals(0, explored(1, values(0)));
        assertEquals(0, explored(1, COSTS.subList(0, 1)), "nor what has no alternative");
    }

    @Test
    void theBestOfAsManyRollOutsIsWhatRegretIsOf() {
        assertEquals(10, Decision.Value.least(COSTS, 2));
        List<Decision.Value> hasty = List.of(new Decision.Value(9, 0, 2, 1), new Decision.Value(11, 0, 4, 1));
        assertEquals(11, Decision.Value.least(hasty, 1), "the other one was given up before it went up");
    }

    private static Simulation<Dispatch> office(ResolverSettings settings, List<Decision> decisions) {
        Simulation<Dispatch> simulation = Simulations.of(
                new DispatchMachine(),
                List.of(1000),
                4,
                5,
                ResolverFactory.of(settings, new DispatchMachine()),
                NodeSettings.DEFAULT);
        simulation.onDecision(decisions::add);
        simulation.nodes().forEach(simulation::start);
        for (long worker = 2; worker <= 4; worker++) {
            simulation.call(FRONT, "employ", List.of(NodeId.of(worker)));
        }
        for (int job = 0; job < 40; job++) {
            long number = job;
            simulation.at(
                    Duration.ofMillis(1_000 + 100 * number), () -> simulation.call(FRONT, "submit", List.of(number)));
        }
        simulation.runUntil(Duration.ofSeconds(8));
        return simulation;
    }

    @Test
    void whatExploringHasCostIsTold() {
        ResolverSettings settings = ResolverSettings.predicted(Objective.minimize("crowding", Duration.ofMillis(500)));
        List<Decision> usual = new ArrayList<>();
        assertTrue(!office(settings, usual).records().containsKey("explored"));
        List<Decision> decisions = new ArrayList<>();
        Simulation<Dispatch> exploring = office(settings.exploring(0.3), decisions);
        List<Decision> explored = decisions.stream().filter(Decision::explored).toList();
        assertTrue(explored.size() > 3 && explored.size() < 25, "explored: " + explored.size());
        assertEquals(explored.size(), exploring.records().get("explored"));
        double regret = explored.stream().mapToDouble(Decision::predictedRegret).sum();
        assertTrue(regret > 0);
        assertEquals(regret, exploring.records().get("exploredPredictedRegret"), 1e-9);
        assertEquals(0, usual.stream().mapToDouble(Decision::predictedRegret).sum());
        assertNotEquals(
                usual.stream().map(Decision::chosen).toList(),
                decisions.stream().map(Decision::chosen).toList());
    }
}
