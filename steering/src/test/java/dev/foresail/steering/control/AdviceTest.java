package dev.foresail.steering.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.topology.UniformTopology;
import dev.foresail.predictor.foresight.Danger;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.node.SteeredNode;
import dev.foresail.predictor.node.Steering;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.predictor.simulate.SteeringFactory;
import dev.foresail.steering.fixture.Gates;
import dev.foresail.steering.fixture.GatesMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two gates in the simulator; the keeper of the second is short-sighted, and is told by the first what is to be seen. */
final class AdviceTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);

    private final GatesMachine machine = new GatesMachine();
    private final Heard one = new Heard();
    private final Heard two = new Heard();
    private final List<String> advice = new ArrayList<>();

    /** What a node's steering does. */
    private static final class Heard implements Intervention.Listener {
        private final List<Intervention> interventions = new ArrayList<>();
        private final List<EventFilter> filters = new ArrayList<>();
        private final List<NodeId> told = new ArrayList<>();
        private final List<NodeId> advised = new ArrayList<>();
        private final List<String> refused = new ArrayList<>();
        private int limited;
        private long rounds;

        @Override
        public void intervened(Intervention intervention) {
            interventions.add(intervention);
        }

        @Override
        public void lookedAhead(LookAhead round) {
            rounds++;
        }

        @Override
        public void installed(EventFilter filter) {
            filters.add(filter);
        }

        @Override
        public void told(NodeId peer, Danger danger) {
            told.add(peer);
        }

        @Override
        public void advised(NodeId peer) {
            advised.add(peer);
        }

        @Override
        public void adviceRefused(NodeId peer, String reason) {
            refused.add(reason);
        }

        @Override
        public void adviceLimited(NodeId peer) {
            limited++;
        }
    }

    private SteeringFactory<Gates> longSighted(SteeringMode mode) {
        return SimulatedSteering.of(machine, List.of(), SteeringSettings.of(mode), one);
    }

    /** It looks one step ahead, and seldom. */
    private SteeringFactory<Gates> shortSighted(SteeringMode mode) {
        SteeringSettings settings = SteeringSettings.of(mode).looking(1, 1, Duration.ofHours(1));
        return SimulatedSteering.of(machine, List.of(), settings, two);
    }

    private Simulation<Gates> gates(SteeringFactory<Gates> first, SteeringFactory<Gates> second) {
        Map<NodeId, SteeringFactory<Gates>> steerings = Map.of(ONE, first, TWO, second);
        SimulationSettings<Gates> settings = new SimulationSettings<>(
                machine,
                List.of(),
                List.of(ONE, TWO),
                new UniformTopology(2, 10_000_000L),
                7,
                7,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<Gates> simulation = new Simulation<>(
                settings,
                ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.FIRST), machine),
                (self, predictions) ->
                        Optional.ofNullable(steerings.get(self)).orElseThrow().create(self, predictions));
        simulation.onSent((from, to, envelope) -> {
            if (envelope instanceof Envelope.Advice sent) {
                advice.add(from + " tells " + to + " of " + sent.path());
            }
            return () -> {};
        });
        simulation.nodes().forEach(simulation::start);
        return simulation;
    }

    private static void runFor(Simulation<Gates> simulation, int seconds) {
        simulation.runUntil(simulation.now().plus(Duration.ofSeconds(seconds)));
    }

    private static boolean isOpen(Simulation<Gates> simulation, NodeId node) {
        return ((Gates) simulation.state(node).orElseThrow()).isOpen();
    }

    /** The first gate is open, the second is being wound, and its keeper has looked over before. */
    private static void windBoth(Simulation<Gates> simulation) {
        simulation.call(ONE, "look", List.of(TWO));
        simulation.call(ONE, "wind", List.of(10_000L));
        runFor(simulation, 25);
        assertTrue(isOpen(simulation, ONE));
        simulation.call(TWO, "wind", List.of(10_000L));
        runFor(simulation, 1);
    }

    /** The first keeper looks over: it sees that the second gate is about to be opened. */
    private static void lookOver(Simulation<Gates> simulation) {
        simulation.call(ONE, "look", List.of(TWO));
        runFor(simulation, 1);
    }

    private Simulation<Gates> played(SteeringMode first, SteeringMode second) {
        Simulation<Gates> simulation = gates(longSighted(first), shortSighted(second));
        windBoth(simulation);
        lookOver(simulation);
        runFor(simulation, 28);
        return simulation;
    }

    @Test
    void whoDoesNotSeeItIsToldAndFindsItAndKeepsAwayFromIt() {
        Simulation<Gates> simulation = played(SteeringMode.STEER, SteeringMode.STEER);
        assertFalse(isOpen(simulation, TWO));
        assertEquals(1, two.filters.size());
        assertEquals(Optional.of(ONE), two.filters.get(0).advisor());
        assertEquals("atMostOneIsOpen", two.filters.get(0).property());
        assertEquals(Intervention.Kind.FILTER, two.interventions.get(0).kind());
        assertEquals(List.of(), two.refused);
        assertEquals(List.of(), one.filters, "the event is not its own");
    }

    @Test
    void aNeighbourIsToldOfAPathOnce() {
        Simulation<Gates> simulation = gates(longSighted(SteeringMode.STEER), shortSighted(SteeringMode.OBSERVE));
        windBoth(simulation);
        for (int look = 0; look < 3; look++) {
            lookOver(simulation);
        }
        assertTrue(one.rounds > 4, "each time it has found it again");
        assertEquals(2, advice.size(), advice::toString);
        assertNotEquals(advice.get(0), advice.get(1), "with the call to wind, and without");
        assertEquals(List.of(TWO, TWO), one.told);
        assertTrue(advice.get(0).startsWith("n1 tells n2 of {\"foresail-trace\""), advice::toString);
    }

    @Test
    void whoAdvisesTellsToo() {
        assertFalse(isOpen(played(SteeringMode.ADVISE, SteeringMode.STEER), TWO));
    }

    @Test
    void whoOnlyObservesKeepsItToItself() {
        assertTrue(isOpen(played(SteeringMode.OBSERVE, SteeringMode.STEER), TWO));
        assertEquals(List.of(), advice);
        assertEquals(List.of(), one.told);
    }

    @Test
    void whoOnlyObservesOrDoesNotSteerIgnoresWhatItIsTold() {
        assertTrue(isOpen(played(SteeringMode.STEER, SteeringMode.OBSERVE), TWO));
        assertEquals(2, advice.size());
        assertEquals(List.of(), two.advised);
        assertTrue(isOpen(played(SteeringMode.STEER, SteeringMode.OFF), TWO));
    }

    @Test
    void theSameHappensWithTheSameSeed() {
        String digest = played(SteeringMode.STEER, SteeringMode.STEER).digest();
        assertEquals(digest, played(SteeringMode.STEER, SteeringMode.STEER).digest());
    }

    /** Tells its neighbour what a test likes, after each event of its own. */
    private SteeringFactory<Gates> lying(List<String> lies) {
        return (self, predictions) -> new Steering<>() {
            private Optional<SteeredNode<Gates>> node = Optional.empty();

            @Override
            public void attached(SteeredNode<Gates> steered) {
                node = Optional.of(steered);
            }

            @Override
            public void handled() {
                lies.forEach(lie -> node.orElseThrow().advise(TWO, lie));
            }
        };
    }

    /** What the first keeper would say if both gates were about to be open. */
    private String warning() {
        played(SteeringMode.STEER, SteeringMode.OFF);
        String last = advice.get(advice.size() - 1);
        String said = last.substring(last.indexOf('{'));
        advice.clear();
        return said;
    }

    private Simulation<Gates> liedTo(List<String> lies) {
        Simulation<Gates> simulation = gates(lying(lies), shortSighted(SteeringMode.STEER));
        simulation.call(ONE, "look", List.of(TWO));
        simulation.call(TWO, "wind", List.of(10_000L));
        runFor(simulation, 1);
        return simulation;
    }

    @Test
    void aLieLeadsToNothing() {
        Simulation<Gates> simulation = liedTo(List.of(warning()));
        assertEquals(List.of(ONE), two.advised);
        runFor(simulation, 29);
        assertTrue(isOpen(simulation, TWO));
        assertEquals(List.of(), two.filters);
        assertEquals(List.of(), two.interventions);
        assertEquals(List.of(), two.refused, "it might have been true");
    }

    @Test
    void aHintIsLookedAtAlthoughNothingElseHasChanged() {
        List<String> lies = new ArrayList<>();
        String warning = warning();
        Simulation<Gates> simulation = gates(lying(lies), shortSighted(SteeringMode.STEER));
        simulation.call(ONE, "look", List.of(TWO));
        runFor(simulation, 1);
        long rounds = two.rounds;
        lookOver(simulation);
        assertEquals(rounds, two.rounds);
        lies.add(warning);
        lookOver(simulation);
        assertEquals(List.of(ONE), two.advised);
        assertEquals(rounds + 1, two.rounds);
    }

    private String refusal(String lie) {
        two.refused.clear();
        liedTo(List.of(lie));
        assertEquals(1, two.refused.size(), two.refused::toString);
        return two.refused.get(0);
    }

    @Test
    void whatMeansNothingHereIsRefusedWithTheReason() {
        String warning = warning();
        assertTrue(refusal(warning.replaceFirst("\"schema\":\"[0-9a-f]{16}\"", "\"schema\":\"0000000000000001\""))
                .startsWith("[FS255]"));
        assertTrue(refusal(warning.replace("\"protocol\":\"gates\"", "\"protocol\":\"doors\""))
                .startsWith("[FS254]"));
        assertTrue(refusal(warning.replace("atMostOneIsOpen", "atMostOneIsOpened"))
                .contains("did you mean 'atMostOneIsOpen'?"));
        assertTrue(refusal(warning.replace("\"name\":\"turn\"", "\"name\":\"torn\""))
                .contains("has no timer 'torn'"));
        assertEquals(List.of(), two.filters);
    }

    @Test
    void aNodeThatIsNotInSightIsRefused() {
        assertTrue(refusal(warning().replace("\"node\":2", "\"node\":9")).contains("the model has no node n9"));
    }

    @Test
    void whoNeverStopsTalkingIsNotListenedTo() {
        Simulation<Gates> simulation = liedTo(Collections.nCopies(100, "a rumour"));
        assertEquals(100, advice.size());
        assertEquals(Advices.TAKEN_PER_MINUTE, two.refused.size());
        assertEquals(100 - Advices.TAKEN_PER_MINUTE, two.limited);
        runFor(simulation, 29);
        assertTrue(isOpen(simulation, TWO), "and goes about its own affairs");
    }
}
