package dev.foresail.eval.postbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.CascadingTimeOut;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.choice.machine.TimeOutDescription;
import dev.foresail.choice.stack.Machines;
import dev.foresail.choice.stack.Stack;
import dev.foresail.choice.stack.StackMachine;
import dev.foresail.predictor.junit.SimulationTest;
import dev.foresail.predictor.model.DefaultScenario;
import dev.foresail.predictor.model.ExplorationScenarios;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.scenario.LinkFault;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.transport.Datagrams;
import dev.foresail.predictor.transport.ReliableDatagrams;
import dev.foresail.predictor.transport.Streams;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Two nodes post each other letters: what comes, what comes twice, and who is told of what does not come. */
final class PostboxTest {
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);

    private static StackMachine machine(String transport) {
        return (StackMachine) Machines.of(PostboxTest.class.getClassLoader())
                .matches("postbox/" + transport)
                .get(0);
    }

    private static SystemModel<Stack> model(String transport, Map<String, String> settings) {
        StackMachine machine = machine(transport);
        Map<String, String> all = new TreeMap<>(settings);
        all.put("nodes", "2");
        return ExplorationScenarios.model(machine, new DefaultScenario<>(machine), new TreeMap<>(all));
    }

    private static List<String> violated(SearchReport report) {
        return report.violations().stream().map(Violation::property).toList();
    }

    /** Four letters, losses, and crashes after which numbers begin anew: as MaceMC's transport was tried. */
    @Test
    void reliableDatagramsKeepTheirPropertiesInEveryOrderOfEvents() {
        SystemModel<Stack> model = model(
                "reliable-datagrams",
                Map.of(
                        "calls",
                        "2",
                        "losses",
                        "2",
                        "crashes",
                        "1",
                        "restarts",
                        "true",
                        "attempts",
                        "2",
                        "window",
                        "1"));
        SearchReport found = new Explorer<>(model, RESOURCES)
                .search(SearchSettings.DEFAULT
                        .withKind(SearchKind.CONSEQUENCE)
                        .withMaxDepth(12)
                        .withMaxWorlds(15_000));
        assertEquals(List.of(), violated(found));
        SearchReport walked = new Explorer<>(model, RESOURCES)
                .search(SearchSettings.DEFAULT
                        .withKind(SearchKind.WALK)
                        .withSeed(5)
                        .withWalks(20)
                        .withMaxDepth(400));
        assertEquals(List.of(), violated(walked));
    }

    @Test
    void aNetworkThatRepeatsMessagesBringsPlainDatagramsTwiceAndReliableOnesOnce() {
        Map<String, String> settings = Map.of("calls", "2", "network", "duplicating");
        SearchSettings search = SearchSettings.DEFAULT.withMaxDepth(7);
        assertEquals(
                List.of("lettersComeOnce"),
                violated(new Explorer<>(model("datagrams", settings), RESOURCES).search(search)));
        assertEquals(
                List.of(), violated(new Explorer<>(model("reliable-datagrams", settings), RESOURCES).search(search)));
    }

    private static NodeId one(Simulation<Stack> simulation) {
        return simulation.nodes().get(0);
    }

    private static NodeId two(Simulation<Stack> simulation) {
        return simulation.nodes().get(1);
    }

    private static Postbox state(Simulation<Stack> simulation, NodeId node) {
        return ((Stack) simulation.state(node).orElseThrow()).layer(Postbox.class);
    }

    private static int came(Simulation<Stack> simulation) {
        return state(simulation, two(simulation)).receivedFrom(one(simulation));
    }

    private static int failures(Simulation<Stack> simulation) {
        return state(simulation, one(simulation)).failures;
    }

    private static void post(Simulation<Stack> simulation, int letters) {
        for (int letter = 0; letter < letters; letter++) {
            simulation.call(one(simulation), "post", List.of(two(simulation)));
        }
    }

    private static void runUntil(Simulation<Stack> simulation, double seconds) {
        simulation.runUntil(Duration.ofMillis((long) (seconds * 1000)));
    }

    @SimulationTest(protocol = Postbox.class, over = ReliableDatagrams.class, nodes = 2, seeds = 5, until = "1s")
    void everyLetterGetsThroughLossesRepetitionsAndDisorder(Simulation<Stack> simulation) {
        for (LinkFault fault :
                List.of(new LinkFault.Loss(0.1), new LinkFault.Duplicating(0.3), new LinkFault.Unordered(0.3))) {
            simulation.disturb(one(simulation), two(simulation), fault, Duration.ofSeconds(60));
            simulation.disturb(two(simulation), one(simulation), fault, Duration.ofSeconds(60));
        }
        post(simulation, 200);
        runUntil(simulation, 60);
        assertEquals(200, came(simulation));
        assertEquals(0, failures(simulation));
        assertFalse(state(simulation, two(simulation)).receivedTwice);
    }

    @SimulationTest(protocol = Postbox.class, over = ReliableDatagrams.class, nodes = 2, seeds = 3, until = "1s")
    void whatIsPostedToANodeThatHasBegunAnewFailsAndThenGoesOn(Simulation<Stack> simulation) {
        post(simulation, 3);
        runUntil(simulation, 5);
        simulation.crash(two(simulation), Duration.ZERO, Duration.ZERO);
        runUntil(simulation, 6);
        simulation.restart(two(simulation));
        post(simulation, 2);
        runUntil(simulation, 7);
        assertEquals(1, failures(simulation), "told with the next message, not by patience");
        assertEquals(0, came(simulation));
        post(simulation, 2);
        runUntil(simulation, 20);
        assertEquals(2, came(simulation));
    }

    @SimulationTest(protocol = Postbox.class, over = ReliableDatagrams.class, nodes = 2, seeds = 3, until = "1s")
    void whoHasForgottenItsPastIsHeardAllTheSame(Simulation<Stack> simulation) {
        post(simulation, 3);
        runUntil(simulation, 5);
        simulation.crash(one(simulation), Duration.ZERO, Duration.ZERO);
        simulation.restartAnew(one(simulation));
        post(simulation, 4);
        runUntil(simulation, 20);
        assertEquals(0, failures(simulation));
        Postbox receiver = state(simulation, two(simulation));
        assertEquals(4, receiver.receivedFrom(one(simulation)), "its letters have the numbers of earlier ones");
        assertTrue(receiver.receivedTwice);
    }

    @SimulationTest(protocol = Postbox.class, over = ReliableDatagrams.class, nodes = 2, seeds = 3, until = "1s")
    void whatNobodyAcknowledgesFailsAfterTheTimeThatIsSaid(Simulation<Stack> simulation) {
        simulation.cut(one(simulation), two(simulation), Duration.ofSeconds(50), Duration.ofSeconds(1));
        post(simulation, 3);
        Stack state = (Stack) simulation.state(one(simulation)).orElseThrow();
        Duration longest = machine("reliable-datagrams").timeOuts(state).get(0).duration();
        simulation.runUntil(longest.plusMillis(900));
        assertEquals(0, failures(simulation));
        simulation.runUntil(longest.plusMillis(1100));
        assertEquals(1, failures(simulation), "told once");
    }

    @SimulationTest(protocol = Postbox.class, over = Datagrams.class, nodes = 2, seeds = 2, until = "1s")
    void plainDatagramsAreLostWithoutAWord(Simulation<Stack> simulation) {
        simulation.disturb(one(simulation), two(simulation), new LinkFault.Loss(0.3), Duration.ofSeconds(60));
        post(simulation, 200);
        runUntil(simulation, 20);
        int came = came(simulation);
        assertTrue(came > 110 && came < 170, () -> came + " of 200");
        assertEquals(0, failures(simulation));
    }

    @SimulationTest(protocol = Postbox.class, over = Streams.class, nodes = 2, seeds = 2, until = "1s")
    void streamsTellOfABreak(Simulation<Stack> simulation) {
        post(simulation, 50);
        runUntil(simulation, 3);
        assertEquals(50, came(simulation));
        simulation.crash(two(simulation), Duration.ZERO, Duration.ZERO);
        runUntil(simulation, 20);
        assertEquals(1, failures(simulation));
    }

    /** Lookups wait 10 s by default for what Chord routes over connections. */
    @Test
    void aTimeOutThatIsShorterThanOneBelowIsReported() {
        StackMachine machine = (StackMachine) Machines.of(PostboxTest.class.getClassLoader())
                .matches("lookups/chord")
                .get(0);
        Map<String, String> shorter = new TreeMap<>(Map.of("joinTimeout", "12s"));
        Stack state = machine.create(ParameterValues.read(machine.parameters(), new TreeMap<>(shorter)));
        List<String> reported = CascadingTimeOut.among(machine.timeOuts(state)).stream()
                .map(CascadingTimeOut::text)
                .toList();
        assertEquals(
                List.of(
                        "lookups waits 10000 ms for an answer (timeout), but chord below it up to 12000 ms for an answer to"
                                + " a join (joinTimeout)"),
                reported);
        Stack usual = machine.create(ParameterValues.read(machine.parameters(), new TreeMap<>()));
        assertEquals(List.of(), CascadingTimeOut.among(machine.timeOuts(usual)));
        assertEquals(
                List.of("chord", TimeOutDescription.CONNECTIONS),
                machine.timeOuts(usual).get(0).below());
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        StackMachine machine = machine("reliable-datagrams");
        for (Map<String, String> wrong :
                List.of(Map.of("attempts", "0"), Map.of("window", "1025"), Map.of("tick", "0s"))) {
            List<Object> values = ParameterValues.read(machine.parameters(), new TreeMap<>(wrong));
            String refusal = assertThrows(IllegalArgumentException.class, () -> machine.create(values))
                    .toString();
            assertTrue(refusal.contains("[FS534]"), refusal);
        }
    }

    @Test
    void theTimeOutsOfTheLayersAreInOnePlace() {
        StackMachine machine = machine("reliable-datagrams");
        Stack state =
                machine.create(ParameterValues.read(machine.parameters(), new TreeMap<>(Map.of("attempts", "3"))));
        TimeOutDescription only = machine.timeOuts(state).get(0);
        assertEquals("reliable-datagrams", only.layer());
        assertEquals(Duration.ofMillis(1400), only.duration());
        assertEquals(List.of(), only.below(), "no message of this stack goes over a connection");
        assertEquals(List.of(), CascadingTimeOut.among(machine.timeOuts(state)));
    }
}
