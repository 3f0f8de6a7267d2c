package dev.foresail.steering.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.network.topology.UniformTopology;
import dev.foresail.predictor.foresight.Assumptions;
import dev.foresail.predictor.foresight.Outlook;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.steering.fixture.Bench;
import dev.foresail.steering.fixture.BenchMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three on a bench, in the simulator: what one knows of where the others sit. */
final class ConsistentSetCheckTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);

    private final BenchMachine machine = new BenchMachine();
    private final List<Intervention> interventions = new ArrayList<>();

    private Simulation<Bench> bench(boolean trustsPeers) {
        SimulationSettings<Bench> settings = new SimulationSettings<>(
                machine,
                List.of(),
                List.of(ONE, TWO, THREE),
                new UniformTopology(3, 10_000_000L),
                1,
                1,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<Bench> bench = new Simulation<>(
                settings,
                ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.FIRST), machine),
                (self, predictions) -> Controller.of(
                        new Controller.Parts<>(
                                new Outlook<>(machine, List.of(), Assumptions.NOTHING_FAILS),
                                self,
                                predictions,
                                SearchResources.of(Runnable::run),
                                Experience.none(),
                                trustsPeers,
                                interventions::add),
                        SteeringSettings.of(SteeringMode.STEER)));
        bench.nodes().forEach(bench::start);
        tell(bench, ONE, "greet", TWO);
        tell(bench, TWO, "greet", ONE);
        tell(bench, THREE, "greet", ONE);
        tell(bench, THREE, "greet", TWO);
        tell(bench, TWO, "sit", 7);
        tell(bench, ONE, "yawn");
        return bench;
    }

    private static void tell(Simulation<Bench> bench, NodeId who, String call, Object... arguments) {
        bench.call(who, call, List.of(arguments));
        bench.runUntil(bench.now().plus(Duration.ofSeconds(1)));
    }

    private static int place(Simulation<Bench> bench, NodeId who) {
        return ((Bench) bench.state(who).orElseThrow()).place();
    }

    @Test
    void whatAConsistentSetShowsToBeViolatedHasNoEffect() {
        Simulation<Bench> bench = bench(true);
        tell(bench, ONE, "sit", 7);
        assertEquals(0, place(bench, ONE));
        assertEquals("nobodySitsOnAnother", interventions.get(0).property());
        assertEquals(Intervention.Kind.CHECK, interventions.get(0).kind());
        tell(bench, ONE, "sit", 8);
        assertEquals(8, place(bench, ONE));
    }

    @Test
    void whoeverHasBeenHeardFromSinceIsNotKnownAnyMore() {
        Simulation<Bench> bench = bench(true);
        tell(bench, TWO, "stand", ONE);
        tell(bench, ONE, "sit", 7);
        assertEquals(7, place(bench, ONE), "what was known of the other is of another time");
        assertEquals(List.of(), interventions);
    }

    @Test
    void nobodyIsKnownAnyMoreOnceAThirdMayHaveHeardFromThem() {
        Simulation<Bench> bench = bench(true);
        tell(bench, TWO, "stand", THREE);
        tell(bench, THREE, "greet", ONE);
        tell(bench, ONE, "sit", 7);
        assertEquals(7, place(bench, ONE), "the third knew that the place was free");
        assertEquals(List.of(), interventions);
    }

    @Test
    void aPeerThatMayLieKeepsNobodyFromACall() {
        Simulation<Bench> bench = bench(false);
        tell(bench, ONE, "sit", 7);
        assertEquals(7, place(bench, ONE));
        assertEquals(List.of(), interventions);
    }
}
