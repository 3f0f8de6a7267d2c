package dev.foresail.eval.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.junit.SimulationTest;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.simulate.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What a ring makes of many members that are gone at once, whether they are cut off or have crashed. All join in the first seconds; what happens does so after 20 s. */
final class PartedRingTest {
    private static final Duration BEGIN = Duration.ofSeconds(20);

    private abstract static class Ring implements Scenario {
        @Override
        public String name() {
            return "ring-membership";
        }

        @Override
        public Duration duration(int nodes) {
            return Duration.ofMinutes(4);
        }

        @Override
        public void play(Stage stage, List<Object> values) {
            for (NodeId node : stage.nodes()) {
                stage.at(Duration.ofMillis(100 * node.value()), () -> {
                    stage.start(node);
                    stage.call(node, "join", List.of(stage.nodes().get(0)));
                });
            }
            stage.at(BEGIN, () -> part(stage));
        }

        abstract void part(Stage stage);
    }

    /** Every second one, the fewer ones, is cut off from the others for 40 s: each has its watchers on the other side. */
    public static final class CutInTwo extends Ring {
        @Override
        void part(Stage stage) {
            stage.partition(
                    List.of(some(stage.nodes(), PartedRingTest::isOdd), some(stage.nodes(), node -> !isOdd(node))),
                    Duration.ofSeconds(40));
        }
    }

    /** All but the first 24 of 40 crash. */
    public static final class ManyCrash extends Ring {
        @Override
        void part(Stage stage) {
            some(stage.nodes(), node -> !isAmongFirst(node)).forEach(node -> stage.crash(node, Duration.ofHours(1)));
        }
    }

    private static boolean isOdd(NodeId node) {
        return node.value() % 2 == 1;
    }

    private static boolean isAmongFirst(NodeId node) {
        return node.value() <= 24;
    }

    private static SortedSet<NodeId> some(List<NodeId> nodes, Predicate<NodeId> which) {
        SortedSet<NodeId> some = new TreeSet<>(nodes);
        some.removeIf(which.negate());
        return some;
    }

    private static SortedSet<NodeId> members(Simulation<RingMembership> simulation, NodeId node) {
        return simulation.view().state(node).members();
    }

    @SimulationTest(protocol = RingMembership.class, scenario = CutInTwo.class, nodes = 7, seeds = 1, until = "58s")
    void ofTwoPartsThatWithMostMembersAloneGoesOn(Simulation<RingMembership> simulation) {
        SortedSet<NodeId> odd = some(simulation.nodes(), PartedRingTest::isOdd);
        for (NodeId node : simulation.nodes()) {
            assertEquals(
                    odd.contains(node) ? odd : new TreeSet<>(simulation.nodes()),
                    members(simulation, node),
                    node::toString);
        }
    }

    @SimulationTest(protocol = RingMembership.class, scenario = CutInTwo.class, nodes = 7, seeds = 1, until = "90s")
    void bothPartsAreOneRingAgain(Simulation<RingMembership> simulation) {
        for (NodeId node : simulation.nodes()) {
            assertEquals(new TreeSet<>(simulation.nodes()), members(simulation, node));
            long life = simulation.view().state(node).incarnation;
            assertTrue(isOdd(node) ? life == 1 : life > 1, node + " is in life " + life);
        }
    }

    /** 16 in a row. With two more at a time it took twice as long. */
    @SimulationTest(protocol = RingMembership.class, scenario = ManyCrash.class, nodes = 40, seeds = 1, until = "44s")
    void aLongRunThatCrashesIsFoundSoon(Simulation<RingMembership> simulation) {
        SortedSet<NodeId> first = some(simulation.nodes(), PartedRingTest::isAmongFirst);
        first.forEach(node -> assertEquals(first, members(simulation, node)));
    }
}
