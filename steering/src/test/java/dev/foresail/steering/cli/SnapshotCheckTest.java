package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.topology.UniformTopology;
import dev.foresail.predictor.node.ChoiceContext;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.node.Resolution;
import dev.foresail.predictor.node.Resolver;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.predictor.snapshot.SnapshotFile;
import dev.foresail.predictor.trace.TraceException;
import dev.foresail.predictor.trace.Traces;
import dev.foresail.steering.fixture.Ballot;
import dev.foresail.steering.fixture.BallotMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorded system is checked: two candidates have asked for votes, which are on their way. */
final class SnapshotCheckTest {
    @TempDir
    private Path directory = Path.of("");

    /** The odd nodes ask the even ones. */
    private Path recorded(int nodes) {
        List<NodeId> ids = LongStream.rangeClosed(1, nodes).mapToObj(NodeId::of).toList();
        Simulation<Ballot> simulation = new Simulation<>(
                new SimulationSettings<>(
                        new BallotMachine(),
                        List.of(1),
                        ids,
                        new UniformTopology(nodes, 20_000_000),
                        1,
                        2,
                        NodeSettings.DEFAULT,
                        SimulationSettings.DEFAULT_PREDICTION_COST),
                (self, clock, surroundings, seed) -> new LookingAhead());
        ids.forEach(simulation::start);
        for (int candidate = 0; candidate + 1 < nodes; candidate += 2) {
            simulation.call(ids.get(candidate), "stand", List.of(ids.get(candidate + 1)));
        }
        simulation.runUntil(Duration.ofMillis(10));
        Path file = directory.resolve("ballot-" + nodes + ".jsonl");
        SnapshotFile.write(new BallotMachine(), simulation.snapshot(), file);
        return file;
    }

    /** Keeps copies of what is sent. */
    private static final class LookingAhead implements Resolver<Ballot> {
        @Override
        public Resolution resolve(ChoiceContext<Ballot> context) {
            return Resolution.Decided.byPolicy(0);
        }

        @Override
        public int resolveNow(String choice, List<?> candidates) {
            return 0;
        }

        @Override
        public boolean looksAhead() {
            return true;
        }
    }

    private CommandRun check(String protocol, Path snapshot, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "check",
                protocol,
                "--snapshot",
                snapshot.toString(),
                "--trace-dir",
                directory.resolve("traces").toString(),
                "--json"));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static Path trace(CommandRun run) {
        Map<?, ?> violation = (Map<?, ?>) ((List<?>) run.json().get("violations")).get(0);
        return Path.of(String.valueOf(violation.get("traceFile")));
    }

    @Test
    void whatIsUnderWayLeadsToAViolationThatReplays() throws IOException {
        Path snapshot = recorded(4);
        CommandRun run = check("ballot", snapshot);
        assertEquals(ExitCode.SAFETY_VIOLATED, run.code(), run::toString);
        Map<?, ?> violation = (Map<?, ?>) ((List<?>) run.json().get("violations")).get(0);
        assertEquals("oneLeads", violation.get("property"));
        assertEquals(4.0, violation.get("depth"), "both are granted what they have asked for");

        String trace = trace(run).toString();
        CommandRun again = CommandRun.of("replay", trace, "--json");
        assertEquals(ExitCode.SAFETY_VIOLATED, again.code(), again::toString);
        assertEquals(snapshot.toString(), again.json().get("snapshot"));

        Path moved = Files.move(snapshot, directory.resolve("moved.jsonl"));
        CommandRun lost = CommandRun.of("replay", trace, "--json");
        assertEquals(ExitCode.USAGE, lost.code(), lost::toString);
        assertTrue(lost.err().contains("[FS248] ") && lost.err().contains("--snapshot"), lost::err);
        CommandRun found = CommandRun.of("replay", trace, "--snapshot", moved.toString(), "--json");
        assertEquals(ExitCode.SAFETY_VIOLATED, found.code(), found::toString);
    }

    @Test
    void aTraceIsNotReplayedWithAnotherSnapshot() throws IOException {
        Path snapshot = recorded(4);
        String trace = trace(check("ballot", snapshot)).toString();
        Files.move(recorded(2), snapshot, StandardCopyOption.REPLACE_EXISTING);

        CommandRun other = CommandRun.of("replay", trace, "--json");

        assertEquals(ExitCode.USAGE, other.code(), other::toString);
        assertTrue(other.err().contains("[FS249] the trace begins with the snapshot " + snapshot), other::err);
        assertEquals(
                "FS249",
                assertThrows(TraceException.class, () -> Traces.assertFixed(Path.of(trace)))
                        .code());
        String text = Files.readString(Path.of(trace));
        Path older = directory.resolve("older.jsonl");
        Files.writeString(older, text.replaceFirst("\"snapshotSha256\":\"[0-9a-f]{64}\",", ""));
        CommandRun unknowing = CommandRun.of("replay", older.toString(), "--json");
        assertTrue(unknowing.err().contains("[FS257] "), unknowing::err);
    }

    @Test
    void nothingIsSaidToHoldOfAPartOfASystem() {
        CommandRun run = check("ballot", recorded(2));
        assertEquals(ExitCode.UNKNOWN, run.code(), run::toString);
        assertEquals("unknown", run.json().get("verdict"));
        assertEquals("exhausted", run.json().get("ended"));
        assertEquals(3.0, run.json().get("distinctStates"), "asked, granted, and led");
        assertTrue(run.err().contains("unknown: what nodes may do that are not known was left out"), run::err);
    }

    @Test
    void norIsItOfAPathThatEndsWithoutAViolation() throws IOException {
        Path trace = trace(check("ballot", recorded(4)));
        List<String> lines = new ArrayList<>(Files.readAllLines(trace));
        lines.remove(lines.size() - 1);
        lines.set(0, lines.get(0).replace("\"steps\":4", "\"steps\":3"));
        Path shorter = Files.writeString(directory.resolve("shorter.jsonl"), String.join("\n", lines) + "\n");
        CommandRun run = CommandRun.of("replay", shorter.toString(), "--json");
        assertEquals(ExitCode.UNKNOWN, run.code(), run::toString);
        assertEquals("unknown", run.json().get("verdict"));
        assertTrue(run.err().contains("        oneLeads: unknown"), run::err);
    }

    @Test
    void failuresAndCallsAreSettings() {
        Path snapshot = recorded(2);
        double quiet = (Double) check("ballot", snapshot).json().get("distinctStates");
        double reset =
                (Double) check("ballot", snapshot, "--set", "resets=1").json().get("distinctStates");
        assertTrue(reset > quiet, () -> reset + " worlds");
        CommandRun called = check("ballot", snapshot, "--set", "resets=1", "--set", "calls=1");
        assertTrue((Double) called.json().get("distinctStates") > reset, called::toString);
        CommandRun wrong = check("ballot", snapshot, "--set", "nodes=3");
        assertEquals(ExitCode.USAGE, wrong.code(), wrong::toString);
        assertTrue(wrong.err().contains("[FS225] the scenario snapshot has no setting 'nodes'"), wrong::err);
    }

    @Test
    void anotherProtocolAndACutFileAreNamed() throws IOException {
        Path snapshot = recorded(2);
        CommandRun other = check("kitchen", snapshot);
        assertEquals(ExitCode.USAGE, other.code(), other::toString);
        assertTrue(other.err().contains("[FS246] the snapshot is of the protocol 'ballot'"), other::err);
        String text = Files.readString(snapshot);
        Path cut = Files.writeString(directory.resolve("cut.jsonl"), text.substring(0, text.length() / 2));
        assertTrue(check("ballot", cut).err().contains("[FS244] "), () -> "a cut file is named");
    }

    @Test
    void aTraceOfAScenarioHasNoSnapshot() {
        CommandRun run = CommandRun.of(
                "check",
                "ballot",
                "--set",
                "nodes=4",
                "--json",
                "--trace-dir",
                directory.resolve("traces").toString());
        CommandRun replay = CommandRun.of("replay", trace(run).toString(), "--snapshot", "state.jsonl");
        assertEquals(ExitCode.USAGE, replay.code(), replay::toString);
        assertTrue(replay.err().contains("[FS242] "), replay::err);
    }
}
