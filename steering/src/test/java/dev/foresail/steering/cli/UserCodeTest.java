package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.fixture.UserCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users bring along on the class path may do anything; a check always ends with a verdict and names the line. */
final class UserCodeTest {
    @TempDir
    private static Path classes = Path.of("");

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void compile() throws IOException {
        assertEquals("", UserCode.compile(classes));
    }

    private CommandRun check(String commandLine) {
        return check(commandLine, directory.resolve("traces"));
    }

    private static CommandRun check(String commandLine, Path traces) {
        List<String> arguments = new ArrayList<>(List.of(("check " + commandLine).split(" ")));
        arguments.addAll(List.of("--classpath", classes.toString(), "--trace-dir", traces.toString()));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "thrower|java.lang.NumberFormatException: For input string: \"one\" at com.example.Thrower.go(Thrower.java:8)",
                "denier|java.lang.AssertionError: never so at com.example.Denier.go(Denier.java:8)",
                "spinner|[FS268] the handler spinner.go does not return: it has made more than 10000000 steps"
                        + " and is at com.example.Spinner.go(Spinner.java:9)",
                "hoarder|[FS268] the handler hoarder.go does not return: it has made more than 10000000 steps"
                        + " and is at com.example.Hoarder.go(Hoarder.java:10)",
                "diver|[FS268] the handler diver.go does not return: its calls are nested too deeply"
                        + " at com.example.Diver.dive(Diver.java:10)",
                "guarded|[FS268] which handlers of guarded apply to Call[name=go, arguments=[]] does not return:"
                        + " it has made more than 10000000 steps and is at com.example.Guarded.open(Guarded.java:11)",
            })
    void aHandlerThatFailsIsAViolationWhoseTraceReplays(String protocol, String detail) {
        CommandRun run = check(protocol + " --set nodes=1 --json");
        assertEquals(ExitCode.SAFETY_VIOLATED, run.code(), run::toString);
        Map<?, ?> violation = (Map<?, ?>) ((List<?>) run.json().get("violations")).get(0);
        assertEquals("handler-threw", violation.get("property"));
        assertTrue(violation.get("detail").toString().startsWith(detail), () -> "" + violation.get("detail"));
        CommandRun replayed =
                CommandRun.of("replay", violation.get("traceFile").toString(), "--classpath", classes.toString());
        assertEquals(ExitCode.SAFETY_VIOLATED, replayed.code(), replayed::toString);
        assertTrue(replayed.out().contains(detail), replayed::out);
    }

    @Test
    void aStateThatGrowsWithoutBoundEndsAtALimitAndNothingIsClaimed() {
        CommandRun states = check("counter --scenario small --set most=2000000 --max-states 50");
        assertEquals(ExitCode.UNKNOWN, states.code(), states::toString);
        assertTrue(states.out().contains("it has seen as many worlds as it may (--max-states 50)"), states::out);
        CommandRun memory = check("counter --scenario small --set most=2000000 --max-memory 1k");
        assertEquals(ExitCode.UNKNOWN, memory.code(), memory::toString);
        assertTrue(memory.out().contains("the heap holds as much as it may (--max-memory)"), memory::out);
    }

    @Test
    void aScenarioComesFromTheSameClassPath() {
        CommandRun run = check("counter --scenario small --set most=7 --json");
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        assertEquals(8.0, run.json().get("distinctStates"));
    }

    @Test
    void aScenarioThatNeverEndsIsAMistake() {
        CommandRun run = check("counter --scenario endless");
        assertEquals(ExitCode.USAGE, run.code(), run::toString);
        assertTrue(run.err().contains("[FS241] "), run::err);
        assertTrue(run.err().contains("[FS268] the scenario endless does not return"), run::err);
    }

    @Test
    void aClockInAHandlerIsFoundInTheCodeAndByRunningTwice() {
        CommandRun run = check("clocked --determinism --json");
        assertEquals(ExitCode.DIVERGED, run.code(), run::toString);
        String findings = run.json().get("findings").toString();
        assertTrue(findings.contains("[FS260] "), findings);
        assertTrue(findings.contains("Clocked.java:13"), findings);
        String detail = run.json().get("detail").toString();
        assertTrue(
                detail.startsWith("[FS267] the handler clocked.go is not deterministic: the field 'at' is "), detail);
    }

    @Test
    void theOrderOfAHashSetIsFoundInTheCode() {
        CommandRun run = check("hashed --determinism --json");
        assertEquals(ExitCode.DIVERGED, run.code(), run::toString);
        String findings = run.json().get("findings").toString();
        assertTrue(findings.contains("Hashed.java:12"), findings);
        assertEquals("unknown", run.json().get("verdict"), "nothing holds that may go another way");
    }

    @Test
    void aCarefulProtocolPassesTheCheckOfDeterminism() {
        CommandRun run = check("counter --scenario small --set most=7 --determinism --json");
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        assertEquals(List.of(), run.json().get("findings"));
        assertEquals(8.0, run.json().get("distinctStates"));
    }

    @Test
    void aTraceThatCannotBeWrittenLeavesNothingBehind() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "as before");
        CommandRun run = check("thrower --json", file);
        assertEquals(ExitCode.USAGE, run.code(), run::toString);
        assertTrue(run.err().contains("[FS258] "), run::err);
        assertEquals("", run.out());
        assertEquals("as before", Files.readString(file));
        assertFalse(Files.exists(directory.resolve("traces")), "nothing else was written");
    }
}
