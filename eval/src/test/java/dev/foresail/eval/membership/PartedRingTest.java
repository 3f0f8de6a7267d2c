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

    /** Every second one, the fewer ones, is cut off from the others: each has its watchers on the other side. */
    public static class CutInTwo extends Ring {
        @Override
        void part(Stage stage) {
            stage.partition(
                    List.of(some(stage.nodes(), PartedRingTest::isOdd), some(stage.nodes(), node -> !isOdd(node))),
                    cut());
        }

        Duration cut() {
            return Duration.ofSeconds(40);
        }
    }

    /** At another time between two probes. */
    public static final class CutLonger extends CutInTwo {
        @Override
        Duration cut() {
            return Duration.ofSeconds(41);
        }
    }

    /** After which a node may say of others that they are silent before its next probe is answered. */
    public static final class CutLongest extends CutInTwo {
        @Override
        Duration cut() {
            return Duration.ofSeconds(42);
        }
    }

    /** Node 5 alone is cut off. */
    public static class OneIsCutOff extends Ring {
        @Override
        void part(Stage stage) {
            stage.partition(
                    List.of(some(stage.nodes(), PartedRingTest::isFive), some(stage.nodes(), node -> !isFive(node))),
                    cut());
        }

        Duration cut() {
            return Duration.ofSeconds(62);
        }
    }

    /** Node 5 alone is cut off, for half a second more. */
    public static final class OneIsCutOffLonger extends OneIsCutOff {
        @Override
        Duration cut() {
            return Duration.ofMillis(62_500);
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

    private static boolean isFive(NodeId node) {
        return node.value() == 5;
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
        areOneRing(simulation, PartedRingTest::isOdd);
    }

    @SimulationTest(protocol = RingMembership.class, scenario = CutLonger.class, nodes = 7, seeds = 1, until = "90s")
    void bothPartsAreOneRingAgainLater(Simulation<RingMembership> simulation) {
        areOneRing(simulation, PartedRingTest::isOdd);
    }

    @SimulationTest(protocol = RingMembership.class, scenario = CutLongest.class, nodes = 7, seeds = 1, until = "90s")
    void bothPartsAreOneRingAgainLatest(Simulation<RingMembership> simulation) {
        areOneRing(simulation, PartedRingTest::isOdd);
    }

    private static void areOneRing(Simulation<RingMembership> simulation, Predicate<NodeId> wasNeverCutOff) {
        for (NodeId node : simulation.nodes()) {
            assertEquals(new TreeSet<>(simulation.nodes()), members(simulation, node));
            long life = simulation.view().state(node).incarnation;
            assertTrue(wasNeverCutOff.test(node) ? life == 1 : life > 1, node + " is in life " + life);
        }
    }

    /** It began its next life and said at once of those that it had not heard yet that they were dead; nobody had given up that life, so they were. */
    @SimulationTest(protocol = RingMembership.class, scenario = OneIsCutOff.class, nodes = 12, seeds = 1, until = "95s")
    void whoWasNeverCutOffStaysInItsLife(Simulation<RingMembership> simulation) {
        areOneRing(simulation, node -> !isFive(node));
    }

    @SimulationTest(
            protocol = RingMembership.class,
            scenario = OneIsCutOffLonger.class,
            nodes = 12,
            seeds = 1,
            until = "95s")
    void whoWasNeverCutOffStaysInItsLifeAtAnotherTime(Simulation<RingMembership> simulation) {
        areOneRing(simulation, node -> !isFive(node));
    }

    /** It was forgotten, so nobody could know that its life was over, and it keeps that. */
    @SimulationTest(
            protocol = RingMembership.class,
            scenario = OneIsCutOffLonger.class,
            nodes = 12,
            seeds = 1,
            until = "95s",
            parameters = "memory=20s")
    void whoWasForgottenDeclaresNobodyDead(Simulation<RingMembership> simulation) {
        for (NodeId node : simulation.nodes()) {
            assertEquals(new TreeSet<>(simulation.nodes()), members(simulation, node));
            assertEquals(1, simulation.view().state(node).incarnation, node::toString);
        }
    }

    /** 16 in a row. With two more at a time it took twice as long. */
    @SimulationTest(protocol = RingMembership.class, scenario = ManyCrash.class, nodes = 40, seeds = 1, until = "44s")
    void aLongRunThatCrashesIsFoundSoon(Simulation<RingMembership> simulation) {
        SortedSet<NodeId> first = some(simulation.nodes(), PartedRingTest::isAmongFirst);
        first.forEach(node -> assertEquals(first, members(simulation, node)));
    }
}
