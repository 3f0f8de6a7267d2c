package dev.foresail.steering.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.DeclaredProperty;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.network.topology.UniformTopology;
import dev.foresail.predictor.node.BusyTime;
import dev.foresail.predictor.node.Host;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.node.SteeredNode;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.steering.fixture.Council;
import dev.foresail.steering.fixture.CouncilMachine;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Councillors who decide what they are urged to, in the simulator, kept from what contradicts the past. */
final class HistoryCheckTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);
    private static final int SYSTEMS = 300;
    private static final int STEPS = 300;

    private final CouncilMachine machine = new CouncilMachine();
    private final List<Intervention> interventions = new ArrayList<>();

    private Simulation<Council> councillors(SteeringMode mode, long seed) {
        SimulationSettings<Council> settings = new SimulationSettings<>(
                machine,
                List.of(),
                List.of(ONE, TWO, THREE),
                new UniformTopology(3, 10_000_000L),
                seed,
                1,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<Council> simulation = new Simulation<>(
                settings,
                ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.FIRST), machine),
                (self, predictions) -> ImmediateSafetyCheck.of(machine, self, mode, interventions::add));
        simulation.nodes().forEach(simulation::start);
        return simulation;
    }

    private static Council at(Simulation<Council> simulation, NodeId node) {
        return (Council) simulation.state(node).orElseThrow();
    }

    private static void tell(Simulation<Council> simulation, NodeId who, String call, Object... arguments) {
        simulation.call(who, call, List.of(arguments));
        simulation.runUntil(simulation.now().plus(Duration.ofSeconds(1)));
    }

    @Test
    void whatContradictsAFactThatTheNodeHasHeardOfHasNoEffect() {
        Simulation<Council> simulation = councillors(SteeringMode.STEER, 1);
        tell(simulation, ONE, "decide", "blue");
        tell(simulation, ONE, "greet", TWO);
        tell(simulation, TWO, "greet", THREE);

        tell(simulation, TWO, "urge", THREE, "red");

        assertEquals(Optional.empty(), at(simulation, THREE).decided(), "it has heard of blue from a third");
        assertEquals(List.of(TWO), at(simulation, THREE).lost());
        assertEquals("allDecideTheSame", interventions.get(0).property());
        tell(simulation, TWO, "urge", THREE, "blue");
        assertEquals(Optional.of("blue"), at(simulation, THREE).decided());
    }

    @Test
    void whatNobodyCouldKnowHasItsEffectAndIsNobodysDoingAfterwards() {
        Simulation<Council> simulation = councillors(SteeringMode.STEER, 1);
        tell(simulation, ONE, "decide", "blue");
        tell(simulation, THREE, "decide", "red");
        assertEquals(Optional.of("red"), at(simulation, THREE).decided());
        tell(simulation, ONE, "greet", TWO);
        tell(simulation, THREE, "greet", TWO);

        tell(simulation, TWO, "decide", "blue");

        assertEquals(Optional.of("blue"), at(simulation, TWO).decided());
        assertEquals(List.of(), interventions);
    }

    @Test
    void aNodeIsHeldToItsOwnPastThoughItForgotAndCrashed() {
        Simulation<Council> simulation = councillors(SteeringMode.STEER, 1);
        tell(simulation, ONE, "decide", "blue");
        tell(simulation, ONE, "forget");
        simulation.call(ONE, "decide", List.of("red"));
        assertEquals(Optional.empty(), at(simulation, ONE).decided());

        simulation.crash(ONE, Duration.ZERO, Duration.ZERO);
        simulation.restart(ONE);
        simulation.call(ONE, "decide", List.of("red"));
        assertEquals(Optional.empty(), at(simulation, ONE).decided());
        assertEquals(2, interventions.size());
    }

    @Test
    void aNodeThatHasLostEverythingIsHeldToWhatOthersKnowOfIt() {
        Simulation<Council> simulation = councillors(SteeringMode.STEER, 1);
        tell(simulation, ONE, "decide", "blue");
        tell(simulation, ONE, "greet", TWO);
        simulation.silentReset(ONE);
        tell(simulation, ONE, "greet", TWO);

        simulation.call(ONE, "decide", List.of("red"));

        assertEquals(Optional.empty(), at(simulation, ONE).decided());
        assertEquals(1, interventions.size());
    }

    @Test
    void nothingThatANodeCouldKnowIsContradictedWhateverFails() {
        Violations without = new Violations();
        Violations steered = new Violations();
        for (int seed = 0; seed < SYSTEMS; seed++) {
            without.play(SteeringMode.OFF, seed);
            steered.play(SteeringMode.STEER, seed);
        }
        assertTrue(without.knowable > SYSTEMS / 2, "without steering only " + without.knowable);
        assertEquals(0, steered.knowable);
        assertTrue(steered.unknowable > 0, "some cannot be known");
        assertTrue(interventions.size() > SYSTEMS, "only " + interventions.size() + " interventions");
    }

    /** The first decision of each system that contradicts one before, at any node and though it be forgotten. */
    private final class Violations {
        private int knowable;
        private int unknowable;

        void play(SteeringMode mode, long seed) {
            Random random = new Random(seed);
            Simulation<Council> simulation = councillors(mode, seed);
            Set<String> history = new TreeSet<>();
            simulation.onHandled((node, event) -> {
                Council council = at(simulation, node);
                boolean before = history.size() > 1;
                history.addAll(council.decisions());
                if (history.size() > 1 && !before) {
                    knowable += council.contradictions() > 0 ? 1 : 0;
                    unknowable += council.contradictions() > 0 ? 0 : 1;
                }
            });
            for (int step = 0; step < STEPS && history.size() < 2; step++) {
                simulation.runUntil(simulation.now().plusNanos(random.nextInt(20_000_000)));
                act(simulation, random, any(simulation, random), any(simulation, random));
            }
        }
    }

    private static NodeId any(Simulation<Council> simulation, Random random) {
        return simulation.nodes().get(random.nextInt(3));
    }

    private static void act(Simulation<Council> simulation, Random random, NodeId node, NodeId other) {
        if (!simulation.isUp(node)) {
            simulation.restart(node);
            return;
        }
        String value = random.nextBoolean() ? "blue" : "red";
        switch (random.nextInt(20)) {
            case 0 -> simulation.crash(node, Duration.ZERO, Duration.ofMillis(100));
            case 1 -> simulation.silentReset(node);
            case 2 -> simulation.call(node, "forget", List.of());
            case 3 -> simulation.pause(node, Duration.ofMillis(random.nextInt(100)));
            case 4, 5 -> simulation.call(node, "decide", List.of(value));
            case 6 -> {
                if (!node.equals(other)) {
                    simulation.cut(node, other, Duration.ofMillis(random.nextInt(200)), Duration.ofMillis(50));
                }
            }
            case 7, 8, 9, 10 -> simulation.call(node, "urge", List.of(other, value));
            default -> simulation.call(node, "greet", List.of(other));
        }
    }

    @Test
    void propertiesAreAskedOnlyWhenAStableFieldHasChangedAndOneThatThrowsTellsNothing() {
        List<Integer> asked = new ArrayList<>();
        PropertyDescription<Council> property =
                DeclaredProperty.ofStable("counted", PropertyDescription.Kind.SAFETY, Optional.empty(), view -> {
                    asked.add(view.nodes().size());
                    throw new IllegalStateException("no answer");
                });
        HistoryCheck<Council> check = new HistoryCheck<>(withProperty(property), ONE, new UnansweredProperties());
        Council before = Council.having("blue", 1);
        Event call = new Event.Call("decide", List.of("red"));

        assertEquals(Optional.empty(), check.violated(call, before, Council.having("blue", 2), new Knowing()));
        assertEquals(List.of(), asked);
        assertEquals(Optional.empty(), check.violated(call, before, Council.having("red", 1), new Knowing()));
        assertEquals(1, asked.size());
        assertEquals(1, asked.get(0));
    }

    @Test
    void whatAPeerSaysOfOthersCountsAgainstItsOwnEventsOrWhenAnotherSaysItToo() {
        HistoryCheck<Council> check = new HistoryCheck<>(machine, THREE, new UnansweredProperties());
        Knowing node = new Knowing();
        Council before = machine.create(List.of());
        Council after = Council.having("red", 0);
        Event fromTwo = new Event.Delivery(TWO, new Council.Urge("red", new TreeSet<>()));
        Event fromFour = new Event.Delivery(NodeId.of(4), new Council.Urge("red", new TreeSet<>()));
        Event call = new Event.Call("decide", List.of("red"));

        node.claim(TWO, "blue");
        assertEquals(Optional.of("allDecideTheSame"), check.violated(fromTwo, before, after, node));
        assertEquals(Optional.empty(), check.violated(fromFour, before, after, node));
        assertEquals(Optional.empty(), check.violated(call, before, after, node));

        node.claim(NodeId.of(5), "red");
        assertEquals(Optional.empty(), check.violated(call, before, after, node), "it says something else");
        node.claim(NodeId.of(6), "blue");
        assertEquals(Optional.of("allDecideTheSame"), check.violated(fromFour, before, after, node));
        assertEquals(Optional.of("allDecideTheSame"), check.violated(call, before, after, node));
    }

    /** Councillor three and what it was told of the first. */
    private static final class Knowing implements SteeredNode<Council> {
        private final SortedMap<NodeId, SortedMap<NodeId, Council>> claims = new TreeMap<>();

        void claim(NodeId teller, String value) {
            claims.computeIfAbsent(teller, added -> new TreeMap<>()).put(ONE, Council.having(value, 0));
        }

        @Override
        public SortedMap<NodeId, SortedMap<NodeId, Council>> stableClaims() {
            return claims;
        }

        @Override
        public NodeId self() {
            return THREE;
        }

        @Override
        public Council state() {
            throw new UnsupportedOperationException();
        }

        @Override
        public BusyTime gatheringTime() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void gatherSoon() {}

        @Override
        public long nowNanos() {
            return 0;
        }

        @Override
        public Snapshot<Council> roundSnapshot() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Snapshot<Council>> consistentSnapshot() {
            return Optional.empty();
        }

        @Override
        public Host.Alarm schedule(long delayNanos, Runnable task) {
            throw new UnsupportedOperationException();
        }
    }

    /** The machine, but that it has this one property. */
    @SuppressWarnings("unchecked")
    private Machine<Council> withProperty(PropertyDescription<Council> property) {
        return (Machine<Council>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Machine.class},
                (proxy, method, arguments) ->
                        method.getName().equals("properties") ? List.of(property) : method.invoke(machine, arguments));
    }
}
