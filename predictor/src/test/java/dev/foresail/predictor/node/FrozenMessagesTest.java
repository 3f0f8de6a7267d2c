package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.Hoard;
import dev.foresail.predictor.fixture.Hoard.Share;
import dev.foresail.predictor.fixture.HoardMachine;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.RecordingHost;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.simulate.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A sender that goes on changing what it has sent, and a receiver that takes it for its own, in every engine. */
class FrozenMessagesTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);

    private final HoardMachine machine = new HoardMachine();

    private static Simulation<Hoard> simulation(boolean greedy) {
        Simulation<Hoard> simulation = Simulations.of(
                new HoardMachine(), List.of(greedy), 2, 1, ResolverSettings.policy(ResolverSettings.Kind.RANDOM));
        simulation.start(ONE);
        simulation.start(TWO);
        simulation.call(ONE, "share", List.of(TWO, List.of(1)));
        simulation.call(ONE, "share", List.of(TWO, List.of(2)));
        simulation.runUntil(Duration.ofSeconds(1));
        return simulation;
    }

    private SystemModel<Hoard> model(boolean greedy) {
        return SystemModel.of(machine)
                .node(ONE, Map.of("greedy", greedy))
                .node(TWO, Map.of("greedy", greedy))
                .offer(2, ONE, "share", TWO, List.of(1))
                .build();
    }

    @Test
    void aMessageIsWhatItWasWhenItWasSent() {
        Hoard state = machine.create(List.of(false));
        Step<Hoard> step = new Step<>(
                machine, ONE, new Step.Inputs<>(state, 0, List.of(), Map.of(), bound -> 0, (name, candidates) -> 0));
        List<Integer> numbers = new ArrayList<>(List.of(1));

        step.send(TWO, new Share(numbers));
        numbers.add(2);
        step.send(TWO, new Share(numbers));
        numbers.clear();

        assertEquals(
                List.of(new Step.Send(TWO, new Share(List.of(1))), new Step.Send(TWO, new Share(List.of(1, 2)))),
                step.sends());
    }

    @Test
    void inTheSimulatorTheReceiverSeesWhatWasSent() {
        Simulation<Hoard> simulation = simulation(false);

        assertEquals("[1][1, -1, 2]", ((Hoard) simulation.state(TWO).orElseThrow()).seen());
        assertEquals(List.of(), simulation.failures());
    }

    @Test
    void everyExplorerSeesWhatWasSentToo() {
        SystemModel<Hoard> model = SystemModel.of(machine)
                .nodes(2)
                .offer(1, ONE, "share", TWO, List.of(1))
                .build();
        for (SearchReport report : List.of(
                new Explorer<>(model, RESOURCES).search(SearchSettings.DEFAULT),
                new NaiveExplorer(RESOURCES, true).search(model, SearchSettings.DEFAULT))) {
            assertEquals(
                    SearchReport.Outcome.HOLDS,
                    report.outcome(),
                    report.violations().toString());
            assertEquals(3, report.distinctWorlds(), "before, in flight, arrived");
        }
    }

    @Test
    void aReceiverThatChangesAMessageFailsInEveryEngine() {
        Simulation<Hoard> simulation = simulation(true);
        assertTrue(
                simulation.failures().get(0).contains(UnsupportedOperationException.class.getName()),
                simulation.failures().toString());

        for (SearchReport report : List.of(
                new Explorer<>(model(true), RESOURCES).search(SearchSettings.DEFAULT),
                new NaiveExplorer(RESOURCES, true).search(model(true), SearchSettings.DEFAULT))) {
            assertEquals("handler-threw", report.violations().get(0).property());
            assertTrue(
                    report.violations().get(0).detail().contains(UnsupportedOperationException.class.getSimpleName()),
                    report.violations().toString());
        }
    }

    @Test
    void whatACallerChangesAfterItsCallDoesNotReachTheNode() {
        RecordingHost host = new RecordingHost();
        NodeRuntime<Hoard> node = new NodeRuntime<>(
                machine,
                ONE,
                machine.create(List.of(false)),
                new NodeRuntime.NodeParts<>(
                        host, NodeSettings.DEFAULT, new ManualResolver<>(true), Steering.none(), NodeObserver.NONE),
                bound -> 0);
        List<Integer> found = new ArrayList<>(List.of(1));

        node.call("share", List.of(TWO, found));
        found.add(5);

        assertEquals(List.of(new Share(List.of(1))), host.takeMessages());
        assertEquals(List.of(1, -1), node.state().coins());
    }

    @Test
    void anOfferedCallIsPartedFromWhoDescribesTheModel() {
        List<Integer> found = new ArrayList<>(List.of(1));
        SystemModel<Hoard> model = SystemModel.of(machine)
                .nodes(2)
                .offer(ONE, "share", TWO, found)
                .initially(world -> world.call(ONE, "share", TWO, found))
                .build();
        found.clear();

        List<Object> expected = List.of(TWO, List.of(1));
        Event.Call offered = model.offers().get(0).call();
        Event.Call first = model.initialWorlds().get(0).calls().get(0).call();
        assertEquals(List.of(expected, expected), List.of(offered.arguments(), first.arguments()));
        assertThrows(
                UnsupportedOperationException.class,
                () -> ((List<?>) offered.arguments().get(1)).clear());
    }
}
