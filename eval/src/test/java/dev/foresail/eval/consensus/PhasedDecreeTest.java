package dev.foresail.eval.consensus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Single-decree Paxos in phases and by hand: the same protocol, in every search and simulation. */
class PhasedDecreeTest {
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);
    private static final List<NodeId> THIRTEEN =
            LongStream.rangeClosed(1, 13).mapToObj(NodeId::of).toList();

    private static String outcome(SingleDecree node) {
        return node.decided + "/" + node.highest + "/" + node.last.ballot() + "/" + node.last.value();
    }

    private static String outcome(PhasedDecree node) {
        return node.decided + "/" + node.highest + "/" + node.last.ballot() + "/" + node.last.value();
    }

    /** What can come of two proposers, over all worlds there are. */
    private static <S> SortedSet<String> outcomes(
            Machine<S> machine, ExplorationScenario<S> scenario, Function<S, String> outcome) {
        SystemModel.Builder<S> model = SystemModel.of(machine);
        scenario.describe(model, List.of(2));
        SortedSet<String> outcomes = new TreeSet<>();
        model.constraint(view -> {
            StringBuilder all = new StringBuilder();
            view.nodes()
                    .forEach(node -> all.append(node)
                            .append(' ')
                            .append(outcome.apply(view.state(node)))
                            .append(' '));
            return outcomes.add(all.toString()) || !all.isEmpty();
        });
        SearchReport report = new Explorer<>(model.build(), RESOURCES).search(SearchSettings.DEFAULT);
        assertEquals(SearchReport.Ended.EXHAUSTED, report.ended());
        assertEquals(List.of(), report.violations());
        return outcomes;
    }

    @Test
    void theSameCanComeOfBothForms() {
        SortedSet<String> byHand =
                outcomes(new SingleDecreeMachine(), new SingleDecreeScenario(), PhasedDecreeTest::outcome);
        assertEquals(
                byHand, outcomes(new PhasedDecreeMachine(), new PhasedDecreeScenario(), PhasedDecreeTest::outcome));
        assertTrue(byHand.size() > 300, () -> "only " + byHand.size());
    }

    /** An acceptor that crashes forgets in both forms what it has promised. */
    private static <S> Violation forgetful(Machine<S> machine, List<NodeId> acceptors) {
        SystemModel.Builder<S> model = SystemModel.of(machine);
        SingleDecreeScenario.describe(model, acceptors, 2);
        model.failures(
                Failures.NONE.withCrashes(1, acceptors.get(1)).withRestarts().withoutRefusals());
        return new Explorer<>(model.build(), RESOURCES)
                .search(SearchSettings.DEFAULT)
                .violations()
                .get(0);
    }

    @Test
    void theSameMistakeIsFoundInBoth() {
        Violation byHand = forgetful(new SingleDecreeMachine(), SingleDecree.ACCEPTORS);
        Violation inPhases = forgetful(new PhasedDecreeMachine(), PhasedDecree.ACCEPTORS);
        assertEquals("agreement", byHand.property());
        assertEquals("agreement", inPhases.property());
        assertEquals(byHand.depth(), inPhases.depth());
    }

    /** What two proposers and three acceptors come to that begin within each other's time, on the same networks. */
    private static <S> List<String> simulated(Machine<S> machine, Function<S, String> outcome) {
        List<String> outcomes = new ArrayList<>();
        for (long seed = 1; seed <= 100; seed++) {
            Simulation<S> simulation = new Simulation<>(
                    new SimulationSettings<>(
                            machine,
                            ParameterValues.read(machine.parameters(), Map.of()),
                            THIRTEEN,
                            SyntheticWideArea.generate(THIRTEEN.size(), seed),
                            seed,
                            seed,
                            NodeSettings.DEFAULT,
                            SimulationSettings.DEFAULT_PREDICTION_COST),
                    ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.RANDOM), machine));
            THIRTEEN.forEach(simulation::start);
            simulation.at(Duration.ofSeconds(1), () -> simulation.call(NodeId.of(1), "propose", List.of()));
            simulation.at(
                    Duration.ofMillis(1_000 + 10 * (seed % 30)),
                    () -> simulation.call(NodeId.of(2), "propose", List.of()));
            simulation.runUntil(Duration.ofSeconds(10));
            TreeMap<NodeId, String> told = new TreeMap<>();
            THIRTEEN.forEach(node -> told.put(
                    node,
                    outcome.apply(
                            machine.stateType().cast(simulation.state(node).orElseThrow()))));
            outcomes.add(seed + " " + told);
        }
        return outcomes;
    }

    @Test
    void theSameComesOfBothInEverySimulation() {
        List<String> byHand = simulated(new SingleDecreeMachine(), PhasedDecreeTest::outcome);
        assertEquals(byHand, simulated(new PhasedDecreeMachine(), PhasedDecreeTest::outcome));
        assertTrue(byHand.stream()
                        .map(each -> each.substring(each.indexOf(' ')))
                        .distinct()
                        .count()
                > 1);
    }
}
