package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A violation is found, saved, and gone along again: as it was, and after something has changed. */
final class ReplayVerbTest {
    @TempDir
    private Path directory = Path.of("");

    /** Two of four nodes come to lead: n1 asks n2, n3 asks n4. */
    private Path twoLead() {
        return found("check ballot --scenario caucus --set pairs=2");
    }

    private Path found(String commandLine) {
        CommandRun run = CommandRun.of((commandLine + " --json --trace-dir " + directory.resolve("traces")).split(" "));
        Map<?, ?> violation = (Map<?, ?>) ((List<?>) run.json().get("violations")).get(0);
        return Path.of(String.valueOf(violation.get("traceFile")));
    }

    private Path changed(Path trace, String before, String after) throws IOException {
        String text = Files.readString(trace);
        assertTrue(text.contains(before), text);
        return Files.writeString(directory.resolve("changed.trace.jsonl"), text.replace(before, after));
    }

    private static CommandRun replay(Path trace, String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "replay";
        arguments[1] = trace.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return CommandRun.of(arguments);
    }

    @Test
    void theViolationHappensAgainStepByStep() {
        CommandRun run = replay(twoLead());
        assertEquals(ExitCode.SAFETY_VIOLATED, run.code(), run::toString);
        assertTrue(run.out().startsWith("ballot, scenario caucus {pairs=2}: oneLeads"), run::out);
        assertTrue(run.out().contains("n3.grants: 0 -> 1"), run::out);
        assertEquals(
                5, run.out().lines().filter("        oneLeads: holds"::equals).count());
        assertTrue(run.out().contains("violated: oneLeads after step 6"), run::out);
    }

    @Test
    void theResultIsForTools() {
        Path trace = twoLead();
        Map<String, Object> json = replay(trace, "--json").json();
        assertEquals(trace.toString(), json.get("trace"));
        assertEquals("violated", json.get("verdict"));
        assertEquals("safety", json.get("kind"));
        assertEquals(6.0, json.get("length"));
        List<?> steps = (List<?>) json.get("steps");
        assertEquals(6, steps.size());
        assertEquals(List.of("oneLeads"), ((Map<?, ?>) steps.get(5)).get("violated"));
    }

    @Test
    void itCanStopOnTheWay() {
        CommandRun run = replay(twoLead(), "--until", "3", "--json");
        assertEquals(ExitCode.UNKNOWN, run.code(), run::toString);
        assertEquals("unknown", run.json().get("verdict"));
        assertEquals(3, ((List<?>) run.json().get("steps")).size());
        assertTrue(run.err().contains("unknown: stopped at step 3 of 6"), run::err);
    }

    @Test
    void whatWasMendedHolds() throws IOException {
        Path trace = found("check ballot --set nodes=4 --set needed=1");
        CommandRun run = replay(changed(trace, "\"needed\":\"1\"", "\"needed\":\"2\""));
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        assertTrue(run.out().contains("holds: the path is possible, and oneLeads is not violated"), run::out);
    }

    @Test
    void whatCannotBeToldIsNotSaidToHold() throws IOException {
        Path trace = found("check lookout --set nodes=1");
        CommandRun run = replay(changed(trace, "\"property\":\"theFirstIsDark\"", "\"property\":\"theSecondIsDark\""));
        assertEquals(ExitCode.UNKNOWN, run.code(), run::toString);
        assertTrue(run.out().contains("        theSecondIsDark: unknown"), run::out);
        assertTrue(
                run.out()
                        .contains("unknown: the path is possible, but whether theSecondIsDark holds at its end cannot"),
                run::out);
    }

    @Test
    void aPathThatIsNotPossibleAnyMoreDiverges() throws IOException {
        Path trace = found("check ballot --set crashes=1 --set restarts=true");
        CommandRun run = replay(changed(trace, "\"restarts\":\"true\"", "\"restarts\":\"false\""), "--json");
        assertEquals(ExitCode.DIVERGED, run.code(), run::toString);
        assertEquals("diverged", run.json().get("verdict"));
        assertTrue(String.valueOf(run.json().get("expected")).contains("restart"), run::out);
        assertFalse(((List<?>) run.json().get("steps")).isEmpty(), "the steps before are shown");
        assertTrue(run.err().contains("[FS251] the replay diverges at step "), run::err);
    }

    @Test
    void aHandlerThatThrewThrowsAgain() {
        CommandRun run = replay(found("check kitchen --set nodes=1"));
        assertEquals(ExitCode.SAFETY_VIOLATED, run.code(), run::toString);
        assertTrue(run.out().contains("violated: handler-threw after step 1: "), run::out);
        assertTrue(run.out().contains("too much salt"), run::out);
    }

    @Test
    void whatNeverComesToHoldIsTheExitCode() throws IOException {
        Path trace = found("check ballot --set nodes=4 --set needed=1");
        Path liveness = changed(trace, "\"needed\":\"1\"", "\"needed\":\"2\"");
        liveness = changed(liveness, "\"property\":\"oneLeads\"", "\"property\":\"somebodyLeads\"");
        liveness = changed(liveness, "\"liveness\":false", "\"liveness\":true");
        CommandRun run = replay(liveness);
        assertEquals(ExitCode.LIVENESS_VIOLATED, run.code(), run::toString);
        assertEquals(ExitCode.UNKNOWN, replay(liveness, "--until", "2").code(), "it may come to hold yet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "FS253|\"foresail-trace\":1|\"foresail-trace\":99|99",
                "FS252|\"steps\":6|\"steps\":7|cut short",
                "FS208|\"protocol\":\"ballot\"|\"protocol\":\"balot\"|did you mean 'ballot'?",
                "FS224|\"scenario\":\"caucus\"|\"scenario\":\"caucs\"|did you mean 'caucus'?",
                "FS225|\"pairs\"|\"pair\"|did you mean 'pairs'?",
            })
    void aTraceOfSomethingElseIsRefused(String code, String before, String after, String words) throws IOException {
        assertMistake(code, words, replay(changed(twoLead(), before, after)));
    }

    @Test
    void aTraceOfAnotherVersionIsRefused() throws IOException {
        Path trace = twoLead();
        String text = Files.readString(trace).replaceFirst("\"schema\":\"[0-9a-f]+\"", "\"schema\":\"1\"");
        Path other = Files.writeString(directory.resolve("other.trace.jsonl"), text);
        assertMistake("FS255", "recorded with another version of ballot", replay(other));
    }

    @Test
    void wrongUsageIsExplained() throws IOException {
        assertMistake("FS200", "the trace has the steps 0 to 6", replay(twoLead(), "--until", "7"));
        assertMistake("FS258", "no-such", replay(Path.of("no-such.trace.jsonl")));
        assertMistake("FS250", "", replay(Files.writeString(directory.resolve("prose"), "Once upon a time\n")));
        assertMistake("FS200", "TRACE", CommandRun.of("replay"));
    }

    private static void assertMistake(String code, String words, CommandRun run) {
        assertEquals(ExitCode.USAGE, run.code(), run::toString);
        assertTrue(run.err().contains("[" + code + "] "), run::err);
        assertTrue(run.err().contains(words), run::err);
        assertFalse(run.err().contains("\tat "), run::err);
    }
}
