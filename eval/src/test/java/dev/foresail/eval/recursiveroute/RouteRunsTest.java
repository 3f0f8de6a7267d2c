package dev.foresail.eval.recursiveroute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.stack.Stack;
import dev.foresail.eval.chord.Chord;
import dev.foresail.eval.routing.RouteFailure;
import dev.foresail.eval.routing.RoutingScenario;
import dev.foresail.predictor.junit.SimulationTest;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.scenario.LinkFault;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.simulate.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Simulated rings whose nodes send each other messages. */
final class RouteRunsTest {
    private static final int NODES = 8;

    private static NodeId node(int number) {
        return NodeId.of(number);
    }

    private static Dispatches dispatches(Simulation<Stack> simulation, int number) {
        return ((Stack) simulation.state(node(number)).orElseThrow()).layer(Dispatches.class);
    }

    private static RecursiveRoute route(Simulation<Stack> simulation, int number) {
        return ((Stack) simulation.state(node(number)).orElseThrow()).layer(RecursiveRoute.class);
    }

    private static void dispatchEvery(Simulation<Stack> simulation, int from, long key, Duration period, int times) {
        for (int time = 0; time < times; time++) {
            simulation.at(simulation.now().plus(period.multipliedBy(time)), () -> {
                if (simulation.isUp(node(from))) {
                    simulation.call(node(from), "dispatch", List.of(key));
                }
            });
        }
    }

    private static void runUntil(Simulation<Stack> simulation, int seconds) {
        simulation.runUntil(Duration.ofSeconds(seconds));
    }

    /** Nodes join one after the other; all that are up send to random keys for half a minute, and those that have crashed come back. */
    public static final class Crowd implements Scenario {
        @Override
        public String name() {
            return "crowd";
        }

        @Override
        public Duration duration(int nodes) {
            return Duration.ofSeconds(60);
        }

        @Override
        public void play(Stage stage, List<Object> values) {
            for (NodeId node : stage.nodes()) {
                stage.at(Duration.ofMillis(500 * node.value()), () -> {
                    stage.start(node);
                    stage.call(node, "join", List.of(stage.nodes().get(0)));
                });
                for (int time = 0; time < 60; time++) {
                    stage.at(Duration.ofSeconds(6).plusMillis(500L * time), () -> {
                        if (stage.isUp(node)) {
                            stage.call(node, "dispatch", List.of(stage.random().nextLong()));
                        }
                    });
                }
            }
        }

        @Override
        public void restarted(Stage stage, NodeId node, List<Object> values) {
            RoutingScenario.rejoin(stage, node);
        }
    }

    @SimulationTest(
            protocol = Dispatches.class,
            over = {RecursiveRoute.class, Chord.class},
            scenario = Crowd.class,
            nodes = NODES,
            seeds = 8,
            faults = "swarm",
            resolver = ResolverSettings.Kind.FIRST)
    void everyMessageEndsInOneWayWhateverHappens(Simulation<Stack> simulation) {
        int delivered = 0;
        int ended = 0;
        for (int number = 1; number <= NODES; number++) {
            assertEquals(0, route(simulation, number).open(), "all have ended");
            assertEquals(0, route(simulation, number).holding(), "and are nowhere any more");
            assertEquals(
                    dispatches(simulation, number).sentInThisLife(),
                    dispatches(simulation, number).ended());
            delivered += dispatches(simulation, number).ended("delivered");
            ended += dispatches(simulation, number).ended();
        }
        assertTrue(delivered > 0.9 * ended && ended > 240, delivered + " of " + ended);
        assertEquals(List.of(), simulation.failures());
    }

    /** Milliseconds that the messages of nodes 5 and 6 took, but for the first ones of each. */
    private static double mean(Simulation<Stack> simulation, int first) {
        return Stream.of(5, 6)
                        .flatMap(number -> dispatches(simulation, number).latenciesNanos().stream()
                                .skip(first)
                                .limit(50))
                        .mapToLong(Long::longValue)
                        .average()
                        .orElseThrow()
                / 1e6;
    }

    /**
     * Node 8 works 50 ms on each message, and four others have hundreds for it. All ways to it lead over node 7, as do those from 5 and 6 to 1 and 2. The same others are asked without the crowd.
     */
    @SimulationTest(
            protocol = Dispatches.class,
            over = {RecursiveRoute.class, StaticRing.class},
            nodes = NODES,
            seeds = 3,
            until = "1s",
            parameters = {"members=8", "work=50ms", "room=4"})
    void aSlowRootSlowsDownThoseThatSendToItAndNobodyElse(Simulation<Stack> simulation) {
        dispatchEvery(simulation, 5, 1, Duration.ofMillis(200), 50);
        dispatchEvery(simulation, 6, 2, Duration.ofMillis(200), 50);
        runUntil(simulation, 15);
        double quiet = mean(simulation, 0);
        for (int crowd = 1; crowd <= 4; crowd++) {
            simulation.call(node(crowd), "dispatchAll", List.of(8L, 150));
        }
        int before = dispatches(simulation, 8).deliveries();
        dispatchEvery(simulation, 5, 1, Duration.ofMillis(200), 50);
        dispatchEvery(simulation, 6, 2, Duration.ofMillis(200), 50);
        for (int second = 16; second <= 25; second++) {
            runUntil(simulation, second);
            for (int number = 1; number <= NODES; number++) {
                assertTrue(route(simulation, number).holding() <= 128, "bounded by both queues");
            }
            assertTrue(route(simulation, 7).holding() <= 16 + 4, "the line to the slow root, and what passes");
        }
        int served = dispatches(simulation, 8).deliveries() - before;
        assertTrue(
                served >= 180,
                () -> served + " of 200 that the root can do in ten seconds, the first of which brings little");
        for (int crowd = 1; crowd <= 4; crowd++) {
            assertTrue(dispatches(simulation, crowd).turnedAway() > 0, "the origin is told");
        }
        runUntil(simulation, 27);
        double crowded = mean(simulation, 50);
        assertTrue(crowded <= quiet * 1.25, () -> crowded + " ms, without the crowd " + quiet);

        runUntil(simulation, 60);
        assertEquals(4, dispatches(simulation, 8).mostWaiting());
        for (int crowd = 1; crowd <= 4; crowd++) {
            Dispatches each = dispatches(simulation, crowd);
            assertEquals(150, each.ended("delivered") + each.ended(RouteFailure.REFUSED.name()));
            assertTrue(each.ended("delivered") >= 135, () -> each.outcomes.toString());
        }
    }

    /** Nobody can ever take anything. */
    @SimulationTest(
            protocol = Dispatches.class,
            over = {RecursiveRoute.class, StaticRing.class},
            nodes = NODES,
            seeds = 2,
            until = "1s",
            parameters = {"members=8", "work=1h", "room=1"})
    void whatARootNeverTakesEndsAsRefused(Simulation<Stack> simulation) {
        for (int from = 1; from < NODES; from++) {
            simulation.call(node(from), "dispatchAll", List.of(8L, 20));
        }
        runUntil(simulation, 40);
        int refused = 0;
        for (int from = 1; from < NODES; from++) {
            refused += dispatches(simulation, from).ended(RouteFailure.REFUSED.name());
            assertEquals(20, dispatches(simulation, from).ended());
        }
        assertEquals(1, dispatches(simulation, 8).deliveries());
        assertTrue(refused > 100, refused + " refused");
    }

    /** It counts its starts from the beginning again, and so seemed to be from before what the root knows. */
    @SimulationTest(
            protocol = Dispatches.class,
            over = {RecursiveRoute.class, StaticRing.class},
            nodes = NODES,
            seeds = 2,
            until = "1s",
            parameters = "members=8")
    void aNodeThatHasLostItsDiskIsHeard(Simulation<Stack> simulation) {
        for (int life = 1; life <= 3; life++) {
            simulation.call(node(1), "dispatch", List.of(4L));
            runUntil(simulation, 15 * life);
            assertEquals(1, dispatches(simulation, 1).ended("delivered"), "in life " + life);
            simulation.crash(node(1), Duration.ZERO, Duration.ZERO);
            if (life == 1) {
                simulation.restart(node(1));
            } else {
                simulation.restartAnew(node(1));
            }
        }
    }

    /** What connections never do: they would need neither numbers nor a memory then. */
    @SimulationTest(
            protocol = Dispatches.class,
            over = {RecursiveRoute.class, StaticRing.class},
            nodes = NODES,
            seeds = 3,
            until = "1s",
            parameters = "members=8")
    void aNetworkThatLosesRepeatsAndReordersBringsEachMessageOnce(Simulation<Stack> simulation) {
        for (int number = 1; number <= NODES; number++) {
            for (LinkFault fault :
                    List.of(new LinkFault.Loss(0.05), new LinkFault.Duplicating(0.2), new LinkFault.Unordered(0.2))) {
                simulation.disturb(node(number), node(number % NODES + 1), fault, Duration.ofSeconds(60));
            }
            dispatchEvery(simulation, number, number % NODES + 4, Duration.ofMillis(200), 50);
        }
        runUntil(simulation, 40);
        int delivered = 0;
        for (int number = 1; number <= NODES; number++) {
            delivered += dispatches(simulation, number).ended("delivered");
        }
        assertTrue(delivered > 390, delivered + " of 400");
        assertEquals(List.of(), simulation.failures());
    }
}
