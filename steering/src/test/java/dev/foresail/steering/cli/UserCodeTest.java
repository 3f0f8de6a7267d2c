package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.trace.TraceException;
import dev.foresail.predictor.trace.TraceFile;
import dev.foresail.predictor.trace.Traces;
import dev.foresail.steering.fixture.UserCode;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "circler|the property circler.ends does not return: it has made more than 10000000 steps"
                        + " and is at com.example.Circler.ends(Circler.java:9)",
                "deep|the property deep.shallow does not return: its calls are nested too deeply"
                        + " at com.example.Deep.depth(Deep.java:11)",
                "asserter|the property asserter.sure fails: java.lang.AssertionError: not so"
                        + " at com.example.Asserter.sure(Asserter.java:9); it was asked of n1 {steps=0}",
                "divider|the property divider.shares fails: java.lang.ArithmeticException: / by zero"
                        + " at com.example.Divider.shares(Divider.java:9); it was asked of n1 {steps=1}",
                "single|the property single.small fails: java.lang.ArithmeticException: / by zero"
                        + " at com.example.Single.small(Single.java:9); it was asked of n1 {steps=1}",
                "looper|the property looper.quick does not return: it has made more than 10000000 steps"
                        + " and is at com.example.Looper.quick(Looper.java:9); it was asked of n1 {steps=1}",
                "eventual --search walk|the property eventual.arrives fails: java.lang.ArithmeticException: / by zero"
                        + " at com.example.Eventual.arrives(Eventual.java:9); it was asked of n1 {steps=1}",
                "lost|the @Neighbours method of lost fails: java.lang.ArithmeticException: / by zero"
                        + " at com.example.Lost.peers(Lost.java:9); it was asked of n1 {steps=1}",
            })
    void aPropertyThatFailsIsAMistakeOfItsOwn(String protocol, String said) {
        CommandRun run = check(protocol + " --set nodes=1 --json");
        assertEquals(ExitCode.USAGE, run.code(), run::toString);
        assertTrue(run.err().contains("[FS269] " + said), run::err);
        assertEquals("", run.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cramped|constraint 1 of counter's model fails: java.lang.ArithmeticException: / by zero"
                        + " at com.example.Cramped.lambda$describe$0(Cramped.java:",
                "forgetful|the history com.example.Forgetful$1 fails: java.lang.IllegalStateException: forgotten"
                        + " at com.example.Forgetful$1.after(Forgetful.java:",
            })
    void whatAScenarioAsksMayFailToo(String scenario, String said) {
        CommandRun run = check("counter --scenario " + scenario + " --json");
        assertEquals(ExitCode.USAGE, run.code(), run::toString);
        assertTrue(run.err().contains("[FS269] " + said), run::err);
    }

    @Test
    void aPropertyThatFailsWhileAPathIsReplayedIsTheSameMistake() throws Exception {
        Path traces = directory.resolve("traces");
        assertEquals(ExitCode.SAFETY_VIOLATED, check("thrower --set nodes=1").code());
        Path trace = traces.resolve("thrower-handler-threw-1.trace.jsonl");
        String schema;
        try (URLClassLoader own = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Machine<?> machine = (Machine<?>)
                    own.loadClass("com.example.SingleMachine").getConstructor().newInstance();
            schema = String.format("\"schema\":\"%016x\"", machine.schema());
        }
        Files.writeString(
                trace,
                Files.readString(trace)
                        .replace("thrower", "single")
                        .replace("com.example.Thrower", "com.example.Single")
                        .replaceFirst("\"schema\":\"[^\"]*\"", schema));
        CommandRun run = CommandRun.of("replay", trace.toString(), "--classpath", classes.toString());
        assertEquals(ExitCode.USAGE, run.code(), run::toString);
        assertTrue(run.err().contains("[FS269] the property single.small fails"), run::err);
    }

    @Test
    void aParameterThatTheConstructorRefusesIsAWrongSetting() {
        CommandRun run = check("quorum --set quorum=0");
        assertEquals(ExitCode.USAGE, run.code(), run::toString);
        assertTrue(
                run.err()
                        .contains("[FS225] the scenario default refuses its settings: n1 cannot be created:"
                                + " a quorum has at least 1 node"),
                run::err);
        assertEquals(
                ExitCode.UNKNOWN, check("quorum --set quorum=1 --max-depth 1").code());
    }

    @Test
    void anErrorWhereNoneIsExpectedIsNoVerdict() {
        CommandRun run = check("speechless --set nodes=2 --json");
        assertEquals(ExitCode.INTERNAL, run.code(), run::toString);
        assertTrue(run.err().contains("[FS270] internal error: java.lang.AssertionError: no words"), run::err);
        assertEquals("", run.out());
    }

    @Test
    void aViolationThatDoesNotHappenAgainIsNotOne() {
        CommandRun run = check("once --set nodes=1 --json");
        assertEquals(ExitCode.DIVERGED, run.code(), run::toString);
        assertTrue(run.err().contains("[FS267] the path to handler-threw is not deterministic"), run::err);
        assertEquals("nondeterminism", run.json().get("ended"));
        assertFalse(Files.exists(directory.resolve("traces").resolve("once-handler-threw-1.trace.jsonl")));
    }

    @Test
    void aReplayThatDivergesEarlierTheSecondTimeTellsOfTheFirst() {
        CommandRun run = check("fickle --set nodes=1 --set calls=3 --json");
        assertEquals(ExitCode.SAFETY_VIOLATED, run.code(), run::toString);
        Map<?, ?> violation = (Map<?, ?>) ((List<?>) run.json().get("violations")).get(0);
        System.setProperty("foresail.test.patience", "4");
        try {
            CommandRun replayed = CommandRun.of(
                    "replay", violation.get("traceFile").toString(), "--classpath", classes.toString(), "--json");
            assertEquals(ExitCode.DIVERGED, replayed.code(), replayed::toString);
            assertEquals(1, ((List<?>) replayed.json().get("steps")).size(), replayed::toString);
        } finally {
            System.clearProperty("foresail.test.patience");
        }
    }

    @Test
    void theTestOfAHandlerThatDoesNotReturnEnds() throws IOException {
        assertEquals(
                ExitCode.SAFETY_VIOLATED, check("spinner --set nodes=1 --json").code());
        Path trace = directory.resolve("traces").resolve("spinner-handler-threw-1.trace.jsonl");
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader own = new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(own);
            AssertionError found = assertThrows(AssertionError.class, () -> Traces.assertFixed(trace));
            assertTrue(found.getMessage().contains("still leads to a violation"), found.getMessage());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void whatIsToBeTypedAgainIsQuoted() {
        Path spaced = directory.resolve("my traces");
        CommandRun run = check("thrower --set nodes=1", spaced);
        String file = spaced.resolve("thrower-handler-threw-1.trace.jsonl").toString();
        assertTrue(run.out().contains("again:   foresail replay '" + file + "' --classpath "), run::out);
        assertTrue(run.out().contains("a test:  Traces.assertFixed(Path.of(\"" + file + "\"));"), run::out);
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
    void aDirectoryForTracesThatCannotBeIsSaidBeforeTheSearch() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "as before");
        CommandRun run = check("counter --scenario small --json", file.resolve("below"));
        assertEquals(ExitCode.USAGE, run.code(), run::toString);
        assertTrue(run.err().contains("[FS258] "), run::err);
    }

    @Test
    void aProtocolMayHaveTheShortNameOfAnother() throws IOException {
        CommandRun run = check("com.example.Ballot --set nodes=1 --json");
        assertEquals(ExitCode.SAFETY_VIOLATED, run.code(), run::toString);
        Map<?, ?> violation = (Map<?, ?>) ((List<?>) run.json().get("violations")).get(0);
        Path trace = Path.of(violation.get("traceFile").toString());

        CommandRun replayed = CommandRun.of("replay", trace.toString(), "--classpath", classes.toString());
        assertEquals(ExitCode.SAFETY_VIOLATED, replayed.code(), replayed::toString);
        CommandRun without = CommandRun.of("replay", trace.toString());
        assertTrue(without.err().contains("[FS208] no protocol named 'ballot' is of the class com.example.Ballot"));
        URL[] compiled = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(compiled, UserCodeTest.class.getClassLoader())) {
            assertEquals(Traces.Fate.VIOLATED, Traces.fate(TraceFile.read(trace), loader));
            Path older = Files.writeString(
                    trace.resolveSibling("older.jsonl"),
                    Files.readString(trace).replace("\"class\":\"com.example.Ballot\",", ""));
            TraceException refused =
                    assertThrows(TraceException.class, () -> Traces.fate(TraceFile.read(older), loader));
            assertEquals("FS254", refused.code());
            assertTrue(refused.getMessage().contains("several"), refused.getMessage());
        }
    }

    @Test
    void aScenarioIsOfferedToTheProtocolWhoseStateItDescribes() {
        CommandRun run = check("com.example.Ballot --scenario caucus");
        assertEquals(ExitCode.USAGE, run.code(), run::toString);
        assertTrue(run.err().contains("[FS224] "), run::err);
        assertFalse(run.err().contains("(known: caucus"), run::err);
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
