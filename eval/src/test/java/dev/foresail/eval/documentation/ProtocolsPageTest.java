package dev.foresail.eval.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.lookahead.Evaluator;
import dev.foresail.predictor.lookahead.LaterChoices;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.SentMessage;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.config.ConfigurationReader;
import dev.foresail.steering.config.Protocols;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/protocols.md, all in one package: they compile, their tests pass, their YAML is good. */
final class ProtocolsPageTest {
    private static final Path PAGE = CodeBlocks.projectRoot().resolve("docs/protocols.md");
    private static final Pattern CLASS_NAME = Pattern.compile("(?m)^public (?:final|abstract) class (\\w+)");

    /** What the page says it leaves out. */
    private static final String LEFT_OUT = """
            package example;

            import dev.foresail.choice.*;
            import java.time.Duration;
            import java.util.*;
            """;

    private static Path classes = Path.of("");
    private static String said = "";

    @BeforeAll
    static void compileThePage(@TempDir Path directory) throws IOException {
        classes = Files.createDirectories(directory.resolve("classes"));
        List<Path> sources = new ArrayList<>();
        for (String block : CodeBlocks.of(PAGE, "java")) {
            Matcher name = CLASS_NAME.matcher(block);
            assertTrue(name.find(), () -> "every Java block declares a public final or abstract class, not: " + block);
            sources.add(Files.writeString(directory.resolve(name.group(1) + ".java"), LEFT_OUT + block));
        }
        said = PageCompiler.compile(sources, classes);
    }

    @Test
    void everyExampleCompilesWithoutAWarning() {
        assertEquals("", said);
    }

    @Test
    void theTestsThatItShowsPass() throws IOException, ReflectiveOperationException {
        int tests = 0;
        try (URLClassLoader loader = loader()) {
            Class<?> shown = loader.loadClass("example.GroveTest");
            for (Method method : shown.getMethods()) {
                if (method.isAnnotationPresent(Test.class)) {
                    method.invoke(shown.getConstructor().newInstance());
                    tests++;
                }
            }
        }
        assertEquals(4, tests);
    }

    @Test
    void theBoardSaysWhatItsClerksMayBeLike() throws IOException, ReflectiveOperationException {
        try (URLClassLoader loader = loader()) {
            Machine<?> machine = (Machine<?>) loader.loadClass("example.SwitchboardMachine")
                    .getConstructor()
                    .newInstance();
            assertEquals(1, answers(machine));
        }
    }

    /** A caller foresees what comes of a call that is on its way to a board, of whose clerk there is no checkpoint. */
    private static <S> double answers(Machine<S> machine) throws ReflectiveOperationException {
        EmbeddedNode<S> caller = EmbeddedNode.of(machine, NodeId.of(1));
        EmbeddedNode<S> board = EmbeddedNode.of(machine, NodeId.of(2)).call("employ", NodeId.of(3));
        Object call = machine.stateType()
                .getClassLoader()
                .loadClass("example.Switchboard$Call")
                .getConstructor()
                .newInstance();
        Checkpoint.ChannelCheckpoint onItsWay =
                new Checkpoint.ChannelCheckpoint(1, 0, List.of(new SentMessage(1, call)), List.of());
        Snapshot<S> snapshot = new Snapshot<>(
                checkpoint(caller, Map.of(board.self(), onItsWay)),
                new TreeMap<>(Map.of(board.self(), checkpoint(board, Map.of()))),
                new TreeMap<>(),
                new TreeSet<>(),
                0);
        Event event = new Event.Delivery(NodeId.of(9), call);
        Objective objective = new Objective(
                List.of(new Objective.Term(new TreeMap<>(Map.of("answered", 1.0)))), Duration.ofSeconds(1));
        return new Evaluator<>(
                        machine,
                        new BoundObjective<>(machine, objective),
                        (from, to, random) -> 1_000_000,
                        LaterChoices.none(),
                        8)
                .evaluate(snapshot, event, machine.alternatives(caller.state(), event, new GuardNode(caller.self())), 3)
                .values()
                .get(0)
                .mean();
    }

    private static <S> Checkpoint<S> checkpoint(
            EmbeddedNode<S> node, Map<NodeId, Checkpoint.ChannelCheckpoint> channels) {
        return new Checkpoint<>(node.self(), 1, node.state(), new TreeMap<>(), List.of(), new TreeMap<>(channels));
    }

    @Test
    void whoIsHeardOfTwiceCountsOnce() throws IOException, ReflectiveOperationException {
        try (URLClassLoader loader = loader()) {
            assertEquals(List.of("3 heard of, maybe n2", "3 heard of, not n9"), census((Machine<?>)
                    loader.loadClass("example.CensusMachine").getConstructor().newInstance()));
        }
    }

    /** Three in a circle, who tell each other twice. */
    private static <S> List<String> census(Machine<S> machine) {
        List<EmbeddedNode<S>> nodes = new ArrayList<>();
        for (long id = 1; id <= 3; id++) {
            nodes.add(EmbeddedNode.of(machine, NodeId.of(id)).call("meet", NodeId.of(id % 3 + 1)));
        }
        for (int round = 0; round < 2; round++) {
            for (EmbeddedNode<S> node : nodes) {
                Sent sent = node.call("tell").takeSent().get(0);
                nodes.get((int) sent.to().value() - 1).deliver(node.self(), sent.message());
            }
        }
        return nodes.get(0)
                .call("report", NodeId.of(2))
                .call("report", NodeId.of(9))
                .notes();
    }

    @Test
    void formsInheritWhatTheyShare() throws IOException, ReflectiveOperationException {
        try (URLClassLoader loader = loader()) {
            for (String form : List.of("First", "Any")) {
                Machine<?> machine = (Machine<?>) loader.loadClass("example." + form + "DriverMachine")
                        .getConstructor()
                        .newInstance();
                assertEquals("drivers=[n2, n3], loaded=7", told(machine), form);
            }
        }
    }

    /** A parcel that comes before any driver is loaded, a later one is passed to the first. */
    private static <S> String told(Machine<S> machine) {
        EmbeddedNode<S> node = EmbeddedNode.of(machine, NodeId.of(1)).call("post", 7);
        node.deliver(node.self(), node.takeSent().get(0).message());
        node.call("employ", NodeId.of(2)).call("employ", NodeId.of(3)).call("post", 8);
        Sent parcel = node.takeSent().get(0);
        node.deliver(node.self(), parcel.message());
        assertEquals(List.of(new Sent(NodeId.of(2), parcel.message())), node.takeSent());
        return machine.describe(node.state());
    }

    @Test
    void handlersAreBoundToControlStates() throws IOException, ReflectiveOperationException {
        try (URLClassLoader loader = loader()) {
            assertEquals("place=INSIDE", letIn((Machine<?>)
                    loader.loadClass("example.VisitorMachine").getConstructor().newInstance()));
        }
    }

    /** A visitor at whose own door somebody knocks while it waits at another one. */
    private static <S> String letIn(Machine<S> machine) {
        EmbeddedNode<S> host = EmbeddedNode.of(machine, NodeId.of(1));
        EmbeddedNode<S> visitor = EmbeddedNode.of(machine, NodeId.of(2)).call("visit", NodeId.of(1));
        Object knock = visitor.takeSent().get(0).message();
        visitor.deliver(NodeId.of(3), knock);
        assertEquals(List.of(), visitor.takeSent());
        host.deliver(NodeId.of(2), knock);
        visitor.deliver(NodeId.of(1), host.takeSent().get(0).message());
        assertEquals(NodeId.of(3), visitor.takeSent().get(0).to());
        return machine.describe(visitor.state());
    }

    @Test
    void phasesGoOnWhenAllHaveAnswered() throws IOException, ReflectiveOperationException {
        try (URLClassLoader loader = loader()) {
            assertEquals(List.of("1 know of 7"), committed((Machine<?>)
                    loader.loadClass("example.CommitMachine").getConstructor().newInstance()));
        }
    }

    /** A coordinator with one participant. */
    private static <S> List<String> committed(Machine<S> machine) {
        NodeId participant = NodeId.of(2);
        EmbeddedNode<S> coordinator = EmbeddedNode.of(machine, NodeId.of(1));
        EmbeddedNode<S> other = EmbeddedNode.of(machine, participant);
        coordinator.call("enlist", participant).call("commit", 7);
        for (int phase = 0; phase < 2; phase++) {
            other.deliver(coordinator.self(), coordinator.takeSent().get(0).message());
            coordinator.deliver(participant, other.takeSent().get(0).message());
        }
        assertTrue(machine.describe(other.state()).contains("decided={7=true}"));
        return coordinator.notes();
    }

    @Test
    void whatFollowsFromChangesIsDoneWhateverMakesThem() throws IOException, ReflectiveOperationException {
        try (URLClassLoader loader = loader()) {
            assertEquals(List.of("room for 2", "room for 1", "room for 1"), fostered((Machine<?>)
                    loader.loadClass("example.FosterMachine").getConstructor().newInstance()));
        }
    }

    /** Two parents, of which the first is told, and a third child, which leaves. */
    private static <S> List<String> fostered(Machine<S> machine) {
        EmbeddedNode<S> node = EmbeddedNode.of(machine, NodeId.of(1));
        node.call("moveTo", NodeId.of(8)).call("moveTo", NodeId.of(8)).call("moveTo", NodeId.of(9));
        assertEquals(
                List.of(NodeId.of(8)), node.takeSent().stream().map(Sent::to).toList());
        node.call("adopt", NodeId.of(2)).call("adopt", NodeId.of(3)).call("adopt", NodeId.of(4));
        assertEquals("parent=Optional[n9], children=[n2, n3, n4], isClosed=true", machine.describe(node.state()));
        node.connectionError(NodeId.of(4));
        assertEquals("parent=Optional[n9], children=[n2, n3], isClosed=false", machine.describe(node.state()));
        return node.notes();
    }

    @Test
    void silentNodesAreNoticed() throws IOException, ReflectiveOperationException {
        try (URLClassLoader loader = loader()) {
            watched((Machine<?>)
                    loader.loadClass("example.NurseryMachine").getConstructor().newInstance());
        }
    }

    /** A child that answers pings, and a parent that no longer takes the node for its child. */
    private static <S> void watched(Machine<S> machine) {
        NodeId child = NodeId.of(2);
        NodeId parent = NodeId.of(3);
        EmbeddedNode<S> node = EmbeddedNode.of(machine, NodeId.of(1));
        EmbeddedNode<S> other = EmbeddedNode.of(machine, child);
        node.call("adopt", child).call("obey", parent);
        for (int second = 0; second < 6; second++) {
            node.advance(Duration.ofSeconds(1));
            for (Sent sent : node.takeSent()) {
                if (sent.to().equals(child)) {
                    Object answer = other.deliver(NodeId.of(1), sent.message())
                            .takeSent()
                            .get(0)
                            .message();
                    node.deliver(child, answer);
                }
            }
        }
        assertEquals(
                "period=PT1S, children=[n2], parent=Optional.empty, unanswered={}, unansweredByParent={}",
                machine.describe(node.state()));
        node.advance(Duration.ofSeconds(4));
        assertEquals(List.of("nothing heard of n2"), node.notes());
    }

    @Test
    void theConfigurationIsGood() throws IOException {
        try (URLClassLoader loader = loader()) {
            ConfigurationReader reader = new ConfigurationReader(Protocols.of(loader));
            List<String> blocks = CodeBlocks.of(PAGE, "yaml");
            assertEquals(1, blocks.size());
            assertEquals(
                    "grove",
                    reader.readSimulation("protocols.md", blocks.get(0), Optional.empty())
                            .protocol());
        }
    }

    @Test
    void theScenarioRunsAndItsChoicesArePredicted() throws IOException {
        Files.createDirectories(classes.resolve("META-INF/foresail"));
        Files.writeString(
                classes.resolve("META-INF/foresail/grove.yaml"),
                CodeBlocks.of(PAGE, "yaml").get(0));
        Files.writeString(
                classes.resolve("META-INF/services/dev.foresail.predictor.scenario.Scenario"),
                "example.GroveScenario\n");
        double predicted = largest();
        double random = largest("--resolver", "random");
        assertTrue(predicted < random, () -> "largest grove: " + predicted + " predicted, " + random + " at random");
    }

    private double largest(String... options) {
        List<String> arguments = new ArrayList<>(List.of("simulate", "grove", "--nodes", "6", "--classpath"));
        arguments.add(classes.toString());
        arguments.addAll(List.of(options));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Foresail.execute(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
        assertEquals(0, code, () -> out.toString() + err);
        return out.toString()
                .lines()
                .filter(line -> line.startsWith("largest"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private URLClassLoader loader() throws IOException {
        return new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
    }
}
