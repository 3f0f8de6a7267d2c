package dev.foresail.predictor.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.Dispatch;
import dev.foresail.predictor.fixture.DispatchMachine;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.lookahead.Evaluation;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.node.RestingNode;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A front node with three workers, resolved by prediction, in the simulator. */
class PredictedResolverTest {
    private static final NodeId FRONT = NodeId.of(1);
    private static final Objective SPREAD = Objective.minimize("crowding", Duration.ofMillis(500));

    private final List<Decision> decisions = new ArrayList<>();

    private Simulation<Dispatch> office(long seed, ResolverSettings resolver) {
        return office(seed, ResolverFactory.of(resolver, new DispatchMachine()));
    }

    private Simulation<Dispatch> office(long seed, ResolverFactory<Dispatch> resolvers) {
        Simulation<Dispatch> simulation =
                Simulations.of(new DispatchMachine(), List.of(1000), 4, seed, resolvers, NodeSettings.DEFAULT);
        simulation.onDecision(decisions::add);
        simulation.nodes().forEach(simulation::start);
        for (long worker = 2; worker <= 4; worker++) {
            simulation.call(FRONT, "employ", List.of(NodeId.of(worker)));
        }
        return simulation;
    }

    private static void submitEvery(Simulation<Dispatch> simulation, Duration interval, int jobs) {
        for (int job = 0; job < jobs; job++) {
            long number = job;
            simulation.at(
                    Duration.ofSeconds(1).plus(interval.multipliedBy(job)),
                    () -> simulation.call(FRONT, "submit", List.of(number)));
        }
    }

    private static List<Integer> chosen(List<Decision> decisions) {
        return decisions.stream().map(Decision::chosen).toList();
    }

    @Test
    void spreadsABurstOverTheWorkersThoughNoneHasReportedYet() {
        Simulation<Dispatch> simulation = office(5, ResolverSettings.predicted(SPREAD));
        submitEvery(simulation, Duration.ofMillis(5), 9);
        simulation.runUntil(Duration.ofMillis(1_900));
        int[] jobs = new int[3];
        chosen(decisions).forEach(worker -> jobs[worker]++);
        assertEquals(List.of(3, 3, 3), List.of(jobs[0], jobs[1], jobs[2]), () -> "decisions: " + chosen(decisions));
    }

    @Test
    void decisionsArePredictedAndSayWhy() {
        Simulation<Dispatch> simulation = office(6, ResolverSettings.predicted(SPREAD));
        submitEvery(simulation, Duration.ofMillis(300), 6);
        simulation.runUntil(Duration.ofSeconds(5));
        assertEquals(6, decisions.size());
        assertEquals(0, simulation.decisions().fallback());
        Decision second = decisions.get(1);
        assertEquals("dispatch.submit.worker", second.choice());
        assertEquals(3, second.alternatives().size());
        assertEquals(3, second.values().size());
        assertTrue(second.values().get(second.chosen()).mean()
                <= second.values().stream()
                        .mapToDouble(Decision.Value::mean)
                        .min()
                        .orElseThrow());
        Decision first = decisions.get(0);
        assertTrue(first.waited() && first.elapsedNanos() > 0, "the first event waited for its prediction");
    }

    @Test
    void choicesLikeEarlierOnesAreResolvedBeforeTheyCome() {
        Simulation<Dispatch> simulation = office(6, ResolverSettings.predicted(SPREAD));
        submitEvery(simulation, Duration.ofMillis(300), 9);
        simulation.runUntil(Duration.ofSeconds(5));
        List<Decision> later = decisions.subList(1, decisions.size());
        assertEquals(8, later.size());
        for (Decision decision : later) {
            assertEquals(Decision.Source.CACHED, decision.source(), decision::toString);
            assertEquals(3, decision.values().size());
            assertEquals(0, decision.elapsedNanos(), "nobody waits for what is known");
        }
    }

    @Test
    void andSoAreThoseWithObjectivesOfTheirOwnBesideTheGeneralOnes() {
        ResolverSettings both = ResolverSettings.predicted(Objective.minimize("crowding", Duration.ofSeconds(3)))
                .with(
                        Optional.of(Objective.minimize("crowding", Duration.ofSeconds(3))),
                        new TreeMap<>(Map.of("submit", SPREAD)));
        Simulation<Dispatch> simulation = office(6, both);
        submitEvery(simulation, Duration.ofMillis(300), 9);
        simulation.runUntil(Duration.ofSeconds(5));
        decisions
                .subList(1, decisions.size())
                .forEach(decision -> assertEquals(Decision.Source.CACHED, decision.source(), decision::toString));
    }

    @Test
    void whatGoesWrongWhileLookingAheadIsNoFailureOfTheNode() {
        DispatchMachine machine = new DispatchMachine();
        PredictedResolver<Dispatch> resolver = new PredictedResolver<>(
                new BoundObjective<>(machine, SPREAD),
                machine,
                (from, to, random) -> 1_000_000,
                new PredictedResolver.Parts(
                        new ValueCache(10, Duration.ofSeconds(1), () -> 0), PredictionExecutor.AT_ONCE),
                2,
                1);
        Dispatch state = Dispatch.withWorkers(NodeId.of(2), NodeId.of(3));
        resolver.met(FRONT, state, new Event.Call("submit", List.of(1L)));
        UnreadableNode node = new UnreadableNode(state);
        resolver.rests(node);
        resolver.rests(node);
        assertEquals(2, node.asked, "it is tried again");
    }

    /** A node whose channels cannot be looked at. */
    private static final class UnreadableNode implements RestingNode<Dispatch> {
        private final Dispatch state;
        private int asked;

        UnreadableNode(Dispatch state) {
            this.state = state;
        }

        @Override
        public NodeId self() {
            return FRONT;
        }

        @Override
        public Dispatch state() {
            return state;
        }

        @Override
        public SortedMap<NodeId, Channel> channels() {
            asked++;
            throw new IllegalStateException("unreadable");
        }

        @Override
        public OptionalLong timerDueNanos(String timer) {
            return OptionalLong.empty();
        }

        @Override
        public Snapshot<Dispatch> snapshot() {
            throw new IllegalStateException("unreadable");
        }
    }

    @Test
    void whatWasPredictedBeforeDeploymentDecidesUntilTheNodeHasPredictedItself() {
        ValueCollector collector = new ValueCollector();
        ResolverSettings settings = ResolverSettings.predicted(SPREAD);
        Simulation<Dispatch> first =
                office(6, ResolverFactory.of(settings, new DispatchMachine()).collecting(collector));
        submitEvery(first, Duration.ofMillis(300), 9);
        first.runUntil(Duration.ofSeconds(5));
        List<Integer> taken = decisions.stream().map(Decision::chosen).toList();
        assertTrue(collector.predictions() > 0);
        ValueTable table = collector.table(ValueTable.Origin.of(new DispatchMachine(), new TreeMap<>(), settings));

        decisions.clear();
        Simulation<Dispatch> second = office(6, settings.with(table));
        submitEvery(second, Duration.ofMillis(300), 9);
        second.runUntil(Duration.ofSeconds(5));
        Decision begun = decisions.get(0);
        assertEquals(Decision.Source.CACHED, begun.source(), "the first one of all");
        assertEquals(taken.get(0), begun.chosen());
        assertEquals(0, begun.elapsedNanos());
        assertTrue(decisions.stream().skip(1).anyMatch(decision -> decision.evidenceAgeNanos() > 0));
    }

    @Test
    void withoutTimeToWaitTheFastPolicyDecides() {
        Simulation<Dispatch> simulation = office(7, ResolverSettings.policy(ResolverSettings.Kind.RANDOM));
        submitEvery(simulation, Duration.ofMillis(300), 6);
        simulation.runUntil(Duration.ofSeconds(5));
        assertEquals(6, simulation.decisions().fallback());
    }

    @Test
    void aChoiceWithObjectivesOfItsOwnIsPredictedAndOthersAreNot() {
        ResolverSettings ofSubmit = ResolverSettings.policy(ResolverSettings.Kind.RANDOM)
                .with(Optional.empty(), new TreeMap<>(Map.of("submit", SPREAD)))
                .with(ResolverSettings.Kind.PREDICTED);
        Simulation<Dispatch> named = office(6, ofSubmit);
        submitEvery(named, Duration.ofMillis(300), 6);
        named.runUntil(Duration.ofSeconds(5));
        assertEquals(0, named.decisions().fallback());
        Simulation<Dispatch> other =
                office(6, ofSubmit.with(Optional.empty(), new TreeMap<>(Map.of("elsewhere", SPREAD))));
        submitEvery(other, Duration.ofMillis(300), 6);
        other.runUntil(Duration.ofSeconds(5));
        assertEquals(6, other.decisions().fallback());
    }

    @Test
    void whatObjectivesCannotTellIsSaidOnceForEachNodeAndTheChoicesAreMade() {
        List<String> said = new ArrayList<>();
        TellingExecutor telling = new TellingExecutor(FRONT, PredictionExecutor.AT_ONCE, said::add);
        Evaluation troubled = new Evaluation(
                0, List.of(), 1, new TreeSet<>(), List.of(new Evaluation.Notice("FS461", "the metric threw")));
        List<Evaluation> made = new ArrayList<>();
        for (int prediction = 0; prediction < 3; prediction++) {
            telling.execute(() -> troubled, evaluation -> evaluation.ifPresent(made::add));
        }
        assertEquals(List.of("[FS461] n1: the metric threw"), said);
        assertEquals(3, made.size());
    }

    /** The no-clairvoyance rule: what the world will draw after a decision cannot have entered it. */
    @Test
    void decisionsDoNotDependOnWhatTheWorldDrawsLater() {
        Duration change = Duration.ofMillis(2_500);
        List<String> unchanged = decisionsUpTo(change, false);
        List<String> changed = decisionsUpTo(change, true);
        assertEquals(unchanged, changed);
        assertTrue(unchanged.size() >= 10, "decisions compared: " + unchanged.size());
        assertNotEquals(digestAtTheEnd(change, false), digestAtTheEnd(change, true), "the world did change");
    }

    private String digestAtTheEnd(Duration change, boolean reseed) {
        return run(change, reseed).digest();
    }

    private List<String> decisionsUpTo(Duration change, boolean reseed) {
        run(change, reseed);
        return decisions.stream()
                .filter(decision -> decision.atNanos() <= change.toNanos())
                .map(Decision::toString)
                .toList();
    }

    private Simulation<Dispatch> run(Duration change, boolean reseed) {
        decisions.clear();
        Simulation<Dispatch> simulation = office(8, ResolverSettings.predicted(SPREAD));
        submitEvery(simulation, Duration.ofMillis(120), 30);
        simulation.at(change, () -> {
            if (reseed) {
                simulation.reseedWorld(4711);
            }
        });
        simulation.runUntil(Duration.ofSeconds(8));
        return simulation;
    }
}
