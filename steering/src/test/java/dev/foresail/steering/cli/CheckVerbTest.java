package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CheckVerbTest {
    @TempDir
    private Path directory = Path.of("");

    private CommandRun check(String commandLine) {
        return check(new Interruption(), commandLine);
    }

    private CommandRun check(Interruption interruption, String commandLine) {
        List<String> arguments = new ArrayList<>(List.of(("check " + commandLine).split(" ")));
        arguments.addAll(List.of("--trace-dir", directory.toString()));
        return CommandRun.of(interruption, arguments.toArray(String[]::new));
    }

    @Test
    void theResultHasTheKeysThatToolsRelyOn() {
        CommandRun run = check("ballot --json --workers 1");
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        Map<String, Object> json = run.json();
        assertEquals(
                List.of(
                        "protocol",
                        "search",
                        "distinctStates",
                        "transitions",
                        "handlerRuns",
                        "localStates",
                        "messages",
                        "maxDepth",
                        "seconds",
                        "processSeconds",
                        "workers",
                        "heapBytes",
                        "peakRssBytes",
                        "verdict",
                        "violations"),
                List.copyOf(json.keySet()).subList(0, 15));
        assertEquals("ballot", json.get("protocol"));
        assertEquals("exhaustive", json.get("search"));
        assertEquals("holds", json.get("verdict"));
        assertEquals("exhausted", json.get("ended"));
        assertEquals(1.0, json.get("workers"));
        assertEquals(List.of(), json.get("violations"));
        assertTrue((Double) json.get("heapBytes") > 0, run::out);
        assertTrue((Double) json.get("processSeconds") > 0, run::out);
        List<?> byDepth = (List<?>) json.get("worldsByDepth");
        assertEquals(
                json.get("distinctStates"),
                byDepth.stream().mapToDouble(each -> (Double) each).sum());
    }

    @Test
    void amongThreeNodesOneLeads() {
        CommandRun run = check("ballot");
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        assertTrue(run.out().contains("holds: oneLeads (safety) and no handler throws"), run::out);
        assertTrue(run.out().contains("somebodyLeads (liveness) needs --search walk"), run::out);
        assertTrue(run.err().contains("not offered: recount; they take more than another node"), run::err);
    }

    @Test
    void amongFourNodesTwoMayLead() {
        CommandRun run = check("ballot --set nodes=4 --json");
        assertEquals(ExitCode.SAFETY_VIOLATED, run.code(), run::toString);
        assertEquals("violated", run.json().get("verdict"));
        Map<?, ?> violation = (Map<?, ?>) ((List<?>) run.json().get("violations")).get(0);
        assertEquals("oneLeads", violation.get("property"));
        assertEquals(6.0, violation.get("depth"), "two candidates, each asks and is granted");
        assertEquals("safety", violation.get("kind"));
    }

    @Test
    void thePathToAViolationIsToldAndSaved() {
        CommandRun run = check("ballot --scenario caucus --set pairs=2");
        assertTrue(run.out().contains("oneLeads is violated after 6 events"), run::out);
        assertTrue(run.out().contains("   2  n4 receives Ask[] from n3"), run::out);
        assertTrue(run.out().contains("        n4.voted: false -> true"), run::out);
        assertTrue(run.out().contains("        sends Grant[] to n3"), run::out);
        Path trace = directory.resolve("ballot-oneLeads-1.trace.jsonl");
        assertTrue(Files.isRegularFile(trace), "saved");
        assertTrue(run.out().contains("foresail replay " + trace), run::out);
    }

    @Test
    void theSamePathIsSavedOnceAndNoneIsOverwritten() throws IOException {
        check("ballot --scenario caucus --set pairs=2");
        check("ballot --scenario caucus --set pairs=2");
        check("ballot --set nodes=4");
        try (Stream<Path> saved = Files.list(directory)) {
            assertEquals(
                    List.of("ballot-oneLeads-1.trace.jsonl", "ballot-oneLeads-2.trace.jsonl"),
                    saved.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void aTraceThatCannotBeSavedIsAMistake() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        CommandRun run = CommandRun.of(
                "check",
                "ballot",
                "--scenario",
                "caucus",
                "--set",
                "pairs=2",
                "--trace-dir",
                file.resolve("below").toString());
        assertEquals(ExitCode.USAGE, run.code(), run::toString);
        assertTrue(run.err().contains("[FS258] "), run::err);
    }

    @Test
    void aVoteThatIsForgottenIsFoundWhenNodesMayCrash() {
        assertEquals(ExitCode.DONE, check("ballot --set crashes=1").code());
        CommandRun run = check("ballot --set crashes=1 --set restarts=true");
        assertEquals(ExitCode.SAFETY_VIOLATED, run.code(), run::toString);
    }

    @Test
    void theProtocolsParametersCanBeSet() {
        CommandRun run = check("ballot --set nodes=4 --set needed=2 --max-depth 7");
        assertEquals(ExitCode.UNKNOWN, run.code(), run::toString);
    }

    @Test
    void aScenarioOfTheProtocolIsFoundByName() {
        assertEquals(ExitCode.DONE, check("ballot --scenario caucus").code());
        assertEquals(
                ExitCode.SAFETY_VIOLATED,
                check("ballot --scenario caucus --set pairs=2").code());
    }

    @Test
    void aLimitLeavesTheVerdictUnknown() {
        CommandRun run = check("ballot --set nodes=4 --max-depth 3");
        assertEquals(ExitCode.UNKNOWN, run.code(), run::toString);
        assertTrue(
                run.out()
                        .contains("unknown: the search ended at depth 3 because no path may be longer (--max-depth 3);"
                                + " no violation was found in "),
                run::out);
    }

    @Test
    void whatAsksForANodeThatIsNotThereIsNamedAndDoesNotHold() {
        CommandRun run = check("lookout --set nodes=1 --set calls=0 --json");
        assertEquals(ExitCode.UNKNOWN, run.code(), run::toString);
        assertEquals("unknown", run.json().get("verdict"));
        assertEquals(List.of("theSecondIsDark"), run.json().get("untold"));
        assertTrue(run.err().contains("theSecondIsDark cannot be told in some world: it asks for a node"), run::err);
        assertTrue(
                run.err().contains("unknown: theSecondIsDark cannot be told in every world; no violation"), run::err);
        CommandRun both = check("lookout --set nodes=2 --set calls=0 --json");
        assertEquals(ExitCode.DONE, both.code(), both::toString);
        assertEquals(List.of(), both.json().get("untold"));
        assertEquals(
                ExitCode.UNKNOWN,
                check("lookout --set nodes=2 --set calls=0 --set crashes=1").code());
    }

    @Test
    void consequencePredictionNeverSaysHolds() {
        CommandRun run = check("ballot --search consequence");
        assertEquals(ExitCode.UNKNOWN, run.code(), run::toString);
        assertTrue(run.out().contains("consequence prediction leaves worlds out on purpose"), run::out);
    }

    @Test
    void aHandlerThatThrowsIsAViolation() {
        CommandRun run = check("kitchen --set nodes=2");
        assertEquals(ExitCode.SAFETY_VIOLATED, run.code(), run::toString);
        assertTrue(run.out().contains("handler-threw is violated after 1 event: "), run::out);
        assertTrue(run.out().contains("too much salt"), run::out);
    }

    @Test
    void whatMeansNothingToASearchIsSaid() {
        CommandRun run = check("ballot --walks 5 --expansions 2");
        assertTrue(run.err().contains("--walks means nothing to this kind of search and is ignored"), run::err);
        assertTrue(run.err().contains("--expansions means nothing to this kind of search"), run::err);
        assertFalse(run.out().startsWith("seed"), "nothing is drawn");
        CommandRun walk = check("ballot --search walk --walks 5 --wide-fingerprints");
        assertTrue(
                walk.err().contains("--wide-fingerprints means nothing to this kind of search and is ignored"),
                walk::err);
    }

    @Test
    void theWalksOfAProfileHaveASeed() {
        CommandRun seven = check("ballot --profile --seed 7 --json");
        assertFalse(seven.err().contains("ignored"), seven::err);
        assertEquals(
                seven.json().get("possiblePerWorld"),
                check("ballot --profile --seed 7 --json").json().get("possiblePerWorld"));
        assertFalse(seven.json()
                .get("possiblePerWorld")
                .equals(check("ballot --profile --seed 8 --json").json().get("possiblePerWorld")));
        assertTrue(
                check("ballot --seed 7").err().contains("--seed means nothing to this kind of search"),
                "no walks at all");
    }

    @Test
    void whoAsksForTheEndWaitsForNoProfile() {
        Interruption interruption = new Interruption();
        interruption.request();
        CommandRun run = check(interruption, "ballot --profile --json");
        assertEquals(ExitCode.UNKNOWN, run.code(), run::toString);
        assertEquals(List.of(), run.json().get("possiblePerWorld"));
    }

    @Test
    void aSearchThatIsCutShortSaysSoAndGivesWhatItHas() {
        Interruption interruption = new Interruption();
        interruption.request();
        CommandRun run = check(interruption, "ballot --json");
        assertEquals(ExitCode.UNKNOWN, run.code(), run::toString);
        assertEquals(true, run.json().get("partial"));
        assertEquals("interrupted", run.json().get("ended"));
        assertTrue(run.err().contains("because it was interrupted"), run::err);
    }

    @Test
    void aHandlerThatThrowsAtTheStartIsAViolationToo() {
        CommandRun run = check("stumble --json");
        assertEquals(ExitCode.SAFETY_VIOLATED, run.code(), run::toString);
        Map<?, ?> violation = (Map<?, ?>) ((List<?>) run.json().get("violations")).get(0);
        assertEquals("handler-threw", violation.get("property"));
        assertEquals(0.0, violation.get("depth"));
    }

    /** What throws at the start of one world leaves the others as they are, and their paths can be shown. */
    @Test
    void whatElseIsViolatedWhereOneStartThrowsIsToldAndReplays() {
        CommandRun run = check("waver --set nodes=1 --profile --json");
        assertEquals(ExitCode.SAFETY_VIOLATED, run.code(), run::toString);
        List<?> violations = (List<?>) run.json().get("violations");
        assertEquals(
                List.of("handler-threw", "isAllowed"),
                violations.stream()
                        .map(violation -> ((Map<?, ?>) violation).get("property"))
                        .toList());
        Path trace = directory.resolve("waver-isAllowed-1.trace.jsonl");
        CommandRun again = CommandRun.of("replay", trace.toString(), "--json");
        assertEquals(ExitCode.SAFETY_VIOLATED, again.code(), again::toString);
        assertEquals("violated", again.json().get("verdict"));
    }

    @Test
    void nothingIsSaidToHoldWhereThereIsNoWorld() {
        CommandRun run = check("ballot --scenario nowhere");
        assertEquals(ExitCode.UNKNOWN, run.code(), run::toString);
        assertTrue(run.out().contains("unknown: there is no world to begin with"), run::toString);
    }

    @Test
    void aProtocolThatIsNotDeterministicIsFoundOut() {
        CommandRun run = check("capricious --json");
        assertEquals(ExitCode.DIVERGED, run.code(), run::toString);
        assertTrue(run.err().contains("not deterministic: [FS267] "), run::err);
        assertEquals("unknown", run.json().get("verdict"));
        assertEquals("nondeterminism", run.json().get("ended"));
    }

    @Test
    void aWalkOnWhichNobodyEverLeadsViolatesLiveness() {
        CommandRun run = check("ballot --search walk --walks 20 --json");
        assertEquals(ExitCode.LIVENESS_VIOLATED, run.code(), run::toString);
        assertTrue(run.err().startsWith("seed 1"), run::err);
        Map<?, ?> violation = (Map<?, ?>) ((List<?>) run.json().get("violations")).get(0);
        assertEquals("somebodyLeads", violation.get("property"));
        assertEquals("liveness", violation.get("kind"));
    }

    @Test
    void aScanOfTheCodeIsPartOfTheResult() {
        CommandRun run = check("ballot --determinism --json");
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        assertEquals(List.of(), run.json().get("findings"));
        assertTrue(run.err().contains("determinism: 0 findings in "), run::err);
    }

    @Test
    void aProfileShowsWhatIsPossibleSoOften() {
        CommandRun run = check("ballot --profile --json");
        Map<?, ?> first = (Map<?, ?>) ((List<?>) run.json().get("possiblePerWorld")).get(0);
        assertEquals("call stand", first.get("kind"), run::out);
        assertTrue(run.err().startsWith("seed 1"), run::err);
        assertTrue(run.err().contains("times the depth before"), run::err);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "FS200|ballot --search exhaustiv|did you mean 'exhaustive'?",
                "FS200|ballot --max-depth -1|--max-depth is a whole number of at least 0, not -1",
                "FS200|ballot --max-depth deep|'deep' is not an int",
                "FS200|ballot --max-seconds 0|--max-seconds is a number above 0, not 0.0",
                "FS200|ballot --max-states 0|--max-states is a whole number of at least 1, not 0",
                "FS200|ballot --max-memory much|'much' is no size",
                "FS200|ballot --max-memory 0m|'0m' is no size",
                "FS200|ballot --workers 0|--workers is a whole number of at least 1, not 0",
                "FS200|ballot --expansions 0|--expansions is a whole number of at least 1",
                "FS200|ballot --search walk --walks 0|--walks is a whole number of at least 1",
                "FS200|ballot --max-deph 3|did you mean '--max-depth'?",
                "FS208|balot|did you mean 'ballot'?",
                "FS223|ballot --classpath no/such.jar|build it first",
                "FS224|ballot --scenario caucs|did you mean 'caucus'?",
                "FS224|kitchen --scenario caucus|known: default",
                "FS225|ballot --set node=3|did you mean 'nodes'? (known: nodes, network,",
                "FS225|ballot --set nodes=many|is a integer, not 'many'",
                "FS225|ballot --set nodes=0|nodes is a whole number of at least 1, not 0",
                "FS225|ballot --set network=tcp|network is ordered, unordered or duplicating, not 'tcp'",
                "FS225|ballot --set losses=1|with network=ordered no single message is lost",
                "FS225|ballot --set breaks=1 --set network=unordered|only with network=ordered",
                "FS225|ballot --set latency=80ms|such as 1ms..80ms, not '80ms'",
                "FS225|ballot --set latency=80ms..1ms|such as 1ms..80ms, not '80ms..1ms'",
                "FS225|ballot --set latency=0..1s --set timeUnit=0|the unit of time is at least 1 ns, not 0 ns",
                "FS225|ballot --set latency=0..1s --set network=duplicating|not DUPLICATING",
                "FS225|ballot --scenario caucus --set nodes=2|the scenario caucus has no setting 'nodes'",
                "FS241|ballot --scenario deadlock|nobody votes at dev.foresail.steering.fixture.Deadlock.describe",
                "FS242|ballot --snapshot no.jsonl --scenario caucus|begins with the one or with the other",
                "FS248|ballot --snapshot no.jsonl|cannot read the snapshot no.jsonl",
            })
    void aMistakeHasACodeAndAHint(String code, String commandLine, String words) {
        CommandRun run = check(commandLine);
        assertEquals(ExitCode.USAGE, run.code(), run::toString);
        assertTrue(run.err().contains("[" + code + "] "), run::err);
        assertTrue(run.err().contains(words), run::err);
        assertFalse(run.err().contains("\tat "), run::err);
    }
}
