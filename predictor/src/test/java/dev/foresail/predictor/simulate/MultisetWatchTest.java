package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.Multiset;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Contribution;
import dev.foresail.choice.machine.DeclaredProperty;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.MultisetPredicate;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.fixture.Lockers;
import dev.foresail.predictor.fixture.LockersMachine;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.guardrail.QuestionFailedException;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.property.Property;
import dev.foresail.predictor.resolve.ResolverSettings;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Properties of what nodes contribute, which a watch keeps up to date from event to event. */
class MultisetWatchTest {
    private static final LockersMachine MACHINE = new LockersMachine();

    private static Simulation<Lockers> system(Machine<Lockers> machine, int nodes, NodeSettings settings) {
        return Simulations.of(
                machine, List.of(2), nodes, 1, ResolverSettings.policy(ResolverSettings.Kind.FIRST), settings);
    }

    private static List<String> violated(PropertyWatch<Lockers> watch) {
        return watch.violations().stream()
                .map(PropertyWatch.Violation::property)
                .toList();
    }

    private static PropertyWatch<Lockers> watch(Simulation<Lockers> stage) {
        PropertyWatch<Lockers> watch = new PropertyWatch<>(
                stage, PropertyWatch.defaultEveryEvents(stage.nodes().size()));
        stage.onHandled(watch);
        return watch;
    }

    /** Between two looks at all of the 300 nodes the key is back again; whoever keeps account of keys sees it. */
    @Test
    void aViolationOfOneEventAmongManyNodesIsSeen() {
        Simulation<Lockers> stage = system(MACHINE, 300, NodeSettings.DEFAULT);
        PropertyWatch<Lockers> watch = watch(stage);
        stage.nodes().forEach(stage::start);
        stage.call(NodeId.of(7), "take", List.of(1));
        stage.call(NodeId.of(200), "take", List.of(1));
        stage.call(NodeId.of(7), "giveBack", List.of(1));
        stage.runUntil(Duration.ofMillis(200));
        assertEquals(List.of("noKeyIsHeldByMany"), violated(watch));
        PropertyWatch.Violation violation = watch.violations().get(0);
        assertEquals(NodeId.of(200), violation.node());
        assertEquals(302, violation.number());
    }

    /** A restart brings back what is on the disk, before the node has handled anything. */
    @Test
    void whoGoesDownTakesOutWhatItContributedAndWhoComesBackBringsWhatItHas() {
        Simulation<Lockers> stage = system(MACHINE, 3, NodeSettings.DEFAULT);
        PropertyWatch<Lockers> watch = watch(stage);
        stage.nodes().forEach(stage::start);
        stage.call(NodeId.of(1), "take", List.of(5));
        stage.crash(NodeId.of(1), Duration.ZERO, Duration.ZERO);
        stage.call(NodeId.of(2), "take", List.of(5));
        assertEquals(List.of(), violated(watch));
        stage.restart(NodeId.of(1));
        stage.runUntil(Duration.ofMillis(100));
        assertEquals(List.of("noKeyIsHeldByMany", "noKeyIsHeldByManyOfAll"), violated(watch));
        assertEquals(NodeId.of(1), watch.violations().get(0).node());
    }

    /** What a node has when it comes up counts, though its first event may be waiting for a choice. */
    @Test
    void whoComesUpOrGoesDownIsToldOfBeforeItsFirstEvent() {
        Simulation<Lockers> stage = system(MACHINE, 2, NodeSettings.DEFAULT);
        stage.nodes().forEach(stage::start);
        stage.crash(NodeId.of(1), Duration.ZERO, Duration.ZERO);
        List<String> told = told(stage);
        stage.restart(NodeId.of(1));
        stage.silentReset(NodeId.of(2));
        assertEquals(List.of("n1 is replaced", "n1 handles", "n2 is replaced", "n2 is replaced", "n2 handles"), told);
    }

    private static List<String> told(Simulation<Lockers> stage) {
        List<String> told = new ArrayList<>();
        stage.onHandled(new HandledListener() {
            @Override
            public void handled(NodeId node, Event event) {
                told.add(node + " handles");
            }

            @Override
            public void replaced(NodeId node) {
                told.add(node + " is replaced");
            }
        });
        return told;
    }

    /** The states are the same then, and the simulation cannot be asked. */
    @Test
    void nobodyIsReplacedWhenNodesGetRuntimes() {
        Simulation<Lockers> stage = system(MACHINE, 2, NodeSettings.DEFAULT);
        List<String> told = told(stage);
        stage.nodes().forEach(stage::start);
        stage.makeRuntimes();
        stage.crash(NodeId.of(1), Duration.ZERO, Duration.ZERO);
        assertEquals(List.of("n1 handles", "n2 handles", "n1 is replaced"), told);
    }

    /** It is asked at the first event, when nothing has changed from nothing. */
    @Test
    void aPropertyIsAskedThoughNobodyContributes() {
        PropertyDescription<Lockers> property =
                ofBadges((state, node) -> Contribution.held(state.badge), badges -> !badges.isEmpty());
        Simulation<Lockers> stage = system(withProperties(List.of(property)), 2, NodeSettings.DEFAULT);
        PropertyWatch<Lockers> watch = watch(stage);
        stage.start(NodeId.of(1));
        assertEquals(List.of("ofBadges"), violated(watch));
        assertEquals(1, watch.violations().get(0).number());
    }

    /** In what is kept, also once there is something to take out, and in what is filled from a view. */
    @Test
    void nullAmongElementsIsNotContributed() {
        Map<NodeId, List<Integer>> contributed = new TreeMap<>();
        List<String> seen = new ArrayList<>();
        PropertyDescription<Lockers> property = ofBadges(
                (state, node) -> Contribution.elements(contributed.getOrDefault(node, List.of())),
                badges -> seen.add(badges.toString()));
        Simulation<Lockers> stage = system(withProperties(List.of(property)), 2, NodeSettings.DEFAULT);
        watch(stage);
        stage.nodes().forEach(stage::start);
        contributed.put(NodeId.of(1), Arrays.asList(7, null));
        stage.call(NodeId.of(1), "close", List.of());
        contributed.put(NodeId.of(1), Arrays.asList(null, 8, null, 8));
        stage.call(NodeId.of(1), "close", List.of());
        assertEquals(List.of("{}", "{7=1}", "{8=2}"), seen);
        assertTrue(property.holds(stage.view()));
        assertEquals("{8=2}", seen.get(3));
    }

    /** The node that has failed to contribute is named, and not the one whose event made it be asked. */
    @Test
    void whoseContributionFailsIsSaid() {
        Map<NodeId, Integer> divisors = new TreeMap<>();
        PropertyDescription<Lockers> property =
                ofBadges((state, node) -> Contribution.one(6 / divisors.getOrDefault(node, 1)), badges -> true);
        Simulation<Lockers> stage = system(withProperties(List.of(property)), 2, NodeSettings.DEFAULT);
        stage.nodes().forEach(stage::start);
        stage.call(NodeId.of(2), "take", List.of(5));
        divisors.put(NodeId.of(2), 0);
        watch(stage);
        String said = assertThrows(QuestionFailedException.class, () -> stage.call(NodeId.of(1), "close", List.of()))
                .getMessage();
        assertTrue(said.contains("the property lockers.ofBadges fails: java.lang.ArithmeticException"), said);
        assertTrue(said.contains("; it was asked of n2 {"), said);
        assertTrue(said.contains("keys=[5]"), said);
    }

    /** Of a predicate that fails, what it was asked of are the multisets. */
    @Test
    void whatAFailingPredicateWasAskedOfIsSaid() {
        PropertyDescription<Lockers> property =
                ofBadges((state, node) -> Contribution.held(state.badge), badges -> 6 / (1 - badges.size()) > 0);
        Simulation<Lockers> stage = system(withProperties(List.of(property)), 2, NodeSettings.DEFAULT);
        watch(stage);
        stage.nodes().forEach(stage::start);
        String said = assertThrows(QuestionFailedException.class, () -> stage.call(NodeId.of(1), "pin", List.of(4)))
                .getMessage();
        assertTrue(said.endsWith("; it was asked of badge={4=1}"), said);
    }

    private static PropertyDescription<Lockers> ofBadges(
            BiFunction<Lockers, NodeId, Collection<?>> values, Predicate<Multiset<?>> predicate) {
        return DeclaredProperty.ofMultisets(
                "ofBadges",
                PropertyDescription.Kind.SAFETY,
                Optional.empty(),
                new MultisetPredicate<>(
                        List.of(Contribution.ofField("badge", values)), multisets -> predicate.test(multisets.get(0))),
                false);
    }

    @Test
    void whatWasContributedBeforeTheWatchCounts() {
        Simulation<Lockers> stage = system(MACHINE, 2, NodeSettings.DEFAULT);
        stage.start(NodeId.of(1));
        stage.start(NodeId.of(2));
        stage.call(NodeId.of(1), "take", List.of(3));
        stage.call(NodeId.of(2), "take", List.of(3));
        PropertyWatch<Lockers> late = watch(stage);
        stage.call(NodeId.of(1), "close", List.of());
        assertEquals(List.of("noKeyIsHeldByMany", "noKeyIsHeldByManyOfAll"), violated(late));
    }

    @Test
    void watchingChangesNothing() {
        String[] digests = new String[2];
        for (int each = 0; each < 2; each++) {
            Simulation<Lockers> stage = system(MACHINE, 4, NodeSettings.DEFAULT);
            if (each == 1) {
                watch(stage);
            }
            Play play = new Play(stage, RandomStream.of(3, "watching")::nextInt);
            play.run(80);
            digests[each] = stage.digest();
        }
        assertEquals(digests[0], digests[1]);
    }

    /** Of random runs with crashes, restarts, resets and handlers that throw: the kept multisets are those of the whole system. */
    @Test
    void whatIsKeptIsWhatTheWholeSystemContributesAfterEveryEvent() {
        long[] checked = new long[2];
        Property.check(5, 120, choices -> {
            Contents kept = new Contents();
            Machine<Lockers> machine = recording(kept);
            NodeSettings settings =
                    choices.below(2) == 0 ? NodeSettings.DEFAULT : NodeSettings.DEFAULT.withIsolateFailures(true);
            Simulation<Lockers> stage = system(machine, 4, settings);
            PropertyWatch<Lockers> watch = new PropertyWatch<>(stage, 1);
            Contents whole = new Contents();
            Machine<Lockers> asked = recording(whole);
            stage.onHandled(new HandledListener() {
                @Override
                public void handled(NodeId node, Event event) {
                    watch.handled(node, event);
                    for (PropertyDescription<Lockers> each : asked.properties()) {
                        assertTrue(each.holds(stage.view()));
                        assertEquals(whole.last.get(each.name()), kept.last.get(each.name()), each.name());
                        checked[0]++;
                    }
                }

                @Override
                public void replaced(NodeId node) {
                    watch.replaced(node);
                    checked[1]++;
                }
            });
            new Play(stage, choices::below).run(60);
        });
        assertTrue(checked[0] > 10_000, "only " + checked[0] + " comparisons");
        assertTrue(checked[1] > 1_000, "only " + checked[1] + " nodes came up or went down");
    }

    /** What multisets held when somebody asked of them last, by property. */
    private static final class Contents {
        final Map<String, String> last = new TreeMap<>();

        boolean see(String property, List<Multiset<?>> multisets) {
            List<String> texts = new ArrayList<>();
            multisets.forEach(each -> texts.add(text(each)));
            last.put(property, texts.toString());
            return true;
        }

        private static <V> String text(Multiset<V> multiset) {
            Map<String, Integer> counts = new TreeMap<>();
            multiset.values().forEach(value -> counts.put(value.toString(), multiset.count(value)));
            return counts + " of " + multiset.size() + ", " + multiset.distinct();
        }
    }

    /** The machine, but that its properties of multisets always hold and note what they see. */
    private static Machine<Lockers> recording(Contents contents) {
        List<PropertyDescription<Lockers>> properties = new ArrayList<>();
        for (PropertyDescription<Lockers> each : MACHINE.properties()) {
            each.ofMultisets()
                    .ifPresent(own -> properties.add(DeclaredProperty.ofMultisets(
                            each.name(),
                            each.kind(),
                            Optional.empty(),
                            new MultisetPredicate<>(
                                    own.contributions(), multisets -> contents.see(each.name(), multisets)),
                            false)));
        }
        return withProperties(properties);
    }

    @SuppressWarnings("unchecked")
    private static Machine<Lockers> withProperties(List<PropertyDescription<Lockers>> properties) {
        return (Machine<Lockers>) Proxy.newProxyInstance(
                MultisetWatchTest.class.getClassLoader(),
                new Class<?>[] {Machine.class},
                (proxy, method, arguments) ->
                        method.getName().equals("properties") ? properties : method.invoke(MACHINE, arguments));
    }

    /** Things that are done to a system, by choice. */
    private static final class Play {
        private final Simulation<Lockers> stage;
        private final IntUnaryOperator below;
        private final Set<NodeId> started = new TreeSet<>();

        Play(Simulation<Lockers> stage, IntUnaryOperator below) {
            this.stage = stage;
            this.below = below;
        }

        void run(int steps) {
            long nanos = 0;
            for (int step = 0; step < steps; step++) {
                nanos += below(30) * 1_000_000L;
                stage.runUntil(Duration.ofNanos(nanos));
                NodeId node = any();
                if (!stage.isUp(node)) {
                    comeBack(node);
                } else if (below(6) == 0) {
                    disturb(node);
                } else {
                    act(node);
                }
            }
            stage.runUntil(Duration.ofNanos(nanos).plusMillis(100));
        }

        private int below(int bound) {
            return below.applyAsInt(bound);
        }

        private NodeId any() {
            return stage.nodes().get(below(stage.nodes().size()));
        }

        private void comeBack(NodeId node) {
            if (started.add(node)) {
                stage.start(node);
            } else if (below(3) == 0) {
                stage.restartAnew(node);
            } else {
                stage.restart(node);
            }
        }

        private void disturb(NodeId node) {
            switch (below(4)) {
                case 0 -> stage.silentReset(node);
                case 1 -> stage.pause(node, Duration.ofMillis(50));
                case 2 -> stage.call(node, "breakKey", List.of(below(3)));
                default -> stage.crash(node, Duration.ofMillis(20), Duration.ofMillis(20));
            }
        }

        private void act(NodeId node) {
            int number = below(4);
            switch (below(6)) {
                case 0 -> stage.call(node, "take", List.of(number));
                case 1 -> stage.call(node, "giveBack", List.of(number));
                case 2 -> stage.call(node, "pin", List.of(number));
                case 3 -> stage.call(node, "join", List.of(any()));
                case 4 -> stage.call(node, "close", List.of());
                default -> stage.call(node, "hand", List.of(number, any()));
            }
        }
    }
}
