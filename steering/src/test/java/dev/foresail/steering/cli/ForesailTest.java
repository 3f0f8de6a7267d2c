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
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says when it is used well, and when it is not. */
final class ForesailTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "simulate",
                "member",
                "check",
                "replay",
                "explain",
                "new",
                "eval",
                "completion",
                "topology",
                "node",
                "spill"
            })
    void everyVerbHasHelp(String verb) {
        CommandRun run = verb.isEmpty() ? CommandRun.of("--help") : CommandRun.of(verb, "--help");
        assertEquals(ExitCode.DONE, run.code(), run::err);
        assertTrue(run.out().contains(("Usage: foresail " + verb).stripTrailing()), run::out);
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        CommandRun run = CommandRun.of("--version");
        assertEquals(ExitCode.DONE, run.code());
        assertTrue(run.out().matches("(?s)foresail [0-9]+\\.[0-9]+\\.[0-9].*JDK .*"), run::out);
    }

    /** Wrong usage: FS200, a hint, no stack trace, nothing on standard output. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "simulat kitchen|did you mean 'simulate'?",
                "simulate kitchen --node 3|did you mean '--nodes'?",
                "simulate kitchen --resolvr=first|did you mean '--resolver'?",
                "simulate|PROTOCOL",
                "simulate kitchen other|one argument too many",
                "simulate kitchen --nodes x|'x' is not an int",
                "simulate kitchen --nodes 0|--nodes is a whole number of at least 1, not 0",
                "simulate kitchen --seeds 0|--seeds is a whole number",
                "simulate kitchen --until soon|'soon' is no duration",
                "simulate kitchen --resolver frist|did you mean 'first'?",
                "run|--config",
                "eval|the experiment is missing",
                "eval tasting --data no-such-directory|there is no directory",
                "eval tasting --pinches 0|--pinches is a whole number of at least 1, not '0'",
                "eval tasting --pinches -1|--pinches is a whole number of at least 1, not '-1'",
                "eval tasting --pinches=some|--pinches is a whole number of at least 1, not 'some'",
                "eval tasting --pinches|Missing required parameter for option '--pinches'",
                "eval tasting --pinches 1 --pinches 2|option '--pinches' (N) should be specified only once",
                "eval tasting --pinchs 1|unknown option '--pinchs'; did you mean '--pinches'?",
                "eval tasting --seedz 1|unknown option '--seedz'; did you mean '--seeds'?",
                "eval tasting --sweet=very|option '--sweet' should be specified without 'very' parameter",
                "eval tasting again|'again' is one argument too many",
                "eval --list --pinches 1|unknown option '--pinches'",
                "eval --lst|unknown option '--lst'; did you mean '--list'?",
                "new|NAME",
            })
    void wrongUsageIsExplained(String commandLine, String words) {
        assertMistake("FS200", commandLine, words);
    }

    @Test
    void aMissingVerbIsExplained() {
        CommandRun run = CommandRun.of();
        assertEquals(ExitCode.USAGE, run.code());
        assertTrue(run.err().startsWith("[FS200] a verb is missing; the verbs are run, simulate"), run::err);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "FS208|simulate kitchn|did you mean 'kitchen'?",
                "FS223|simulate kitchen --classpath no/such.jar|build it first",
                "FS224|simulate kitchen --scenario overcharg|did you mean 'overcharge'?",
                "FS406|simulate kitchen --faults crush|did you mean 'crash'?",
                "FS225|simulate kitchen --set order=3|did you mean 'orders'?",
                "FS225|simulate kitchen --set orders=many|is a integer, not 'many'",
                "FS226|eval tastng|did you mean 'tasting'?",
                "FS222|simulate kitchen --resolver predicted|needs objectives",
                "FS222|simulate kitchen --resolver scripted|needs a script",
                "FS201|simulate kitchen --config no-such.yaml|there is no such file",
                "FS201|run --config no-such.yaml|there is no such file",
                "FS229|simulate kitchen --topology no-such.csv|there is no file",
                "FS229|topology describe --nodes 2|at least 3 endpoints",
                "FS229|topology generate --nodes 10001 --output never.csv|at most 10000",
                "FS229|topology describe --compare no-such.csv|--compare: there is no file",
                "FS370|topology describe --like planetlap|did you mean 'planetlab'?",
                "FS370|topology describe --like transitstub|did you mean 'transit-stub'?",
                "FS395|topology describe --like transit-stub:stubRouter=4|did you mean 'stubRouters'?",
                "FS395|topology describe --like transit-stub:stubRouters=2-4|is '2-4'; a whole number",
                "FS395|simulate kitchen --like transit-stub:clientMbps|a number, or a range such as 2-8",
                "FS395|simulate kitchen --like transit-stub:clientMbps=8-2|no range goes from 8.0 to 2.0",
                "FS395|simulate kitchen --like transit-stub:clientMbps=0|client links: a link needs a bandwidth",
                "FS395|simulate kitchen --like transit-stub:transitRouters=0|at least one of: routers of a transit domain",
                "FS374|simulate kitchen --links clowd|did you mean 'cloud'?",
                "FS370|topology describe --like cloud --topology x.csv|give one",
                "FS370|simulate kitchen --like cloud --topology x.csv|give one",
                "FS227|new Wrong_Name|cannot name a project",
            })
    void aMistakeHasACodeAndAHint(String code, String commandLine, String words) {
        assertMistake(code, commandLine, words);
    }

    private static void assertMistake(String code, String commandLine, String words) {
        CommandRun run = CommandRun.of(commandLine.split(" "));
        assertEquals(ExitCode.USAGE, run.code(), run::toString);
        assertTrue(run.err().contains("[" + code + "] "), run::err);
        assertTrue(run.err().contains(words), run::err);
        assertFalse(run.err().contains("\tat "), run::err);
    }

    @Test
    void aMistakeOfOursIsAnInternalErrorWhoseTraceIsShownOnRequest() {
        CommandRun run = CommandRun.of("spill");
        assertEquals(ExitCode.INTERNAL, run.code());
        assertTrue(
                run.err().startsWith("[FS270] internal error: java.lang.IllegalStateException: spilt milk"), run::err);
        assertFalse(run.err().contains("\tat "), run::err);
    }

    @Test
    void theTraceOfAnInternalErrorIsShownWhenAskedFor() {
        System.setProperty("foresail.trace", "true");
        try {
            assertTrue(CommandRun.of("spill").err().contains("\tat dev.foresail.steering.fixture.Spill"));
        } finally {
            System.clearProperty("foresail.trace");
        }
    }

    @Test
    void completionKnowsVerbsOptionsAndProtocols() {
        CommandRun run = CommandRun.of("completion");
        assertEquals(ExitCode.DONE, run.code());
        for (String word : List.of(
                "simulate",
                "member",
                "--verify-determinism",
                "check",
                "--max-depth",
                "consequence",
                "replay",
                "explain",
                "kitchen",
                "tasting",
                "spill")) {
            assertTrue(run.out().contains(word), word);
        }
    }

    @Test
    void aGeneratedNetworkCanBeDescribedAndSimulated(@TempDir Path directory) {
        String file = directory.resolve("network.csv").toString();
        CommandRun written = CommandRun.of("topology", "generate", "--nodes", "12", "--output", file, "--json");
        assertEquals(Map.of("nodes", 12.0, "seed", 1.0, "file", file), written.json());
        CommandRun described = CommandRun.of("topology", "describe", "--topology", file, "--one-way", "--json");
        assertEquals(12.0, ((Map<?, ?>) described.json().get("statistics")).get("endpoints"));
        assertEquals(
                described.json(),
                CommandRun.of("topology", "describe", "--nodes", "12", "--json").json());
        CommandRun simulated = CommandRun.of("simulate", "kitchen", "--nodes", "5", "--topology", file, "--one-way");
        assertEquals(ExitCode.DONE, simulated.code(), simulated::toString);
        assertMistake("FS229", "simulate kitchen --nodes 13 --topology " + file, "has 12 endpoints");
    }

    @Test
    void aTransitStubNetworkHasTheLinksThatAreAskedFor() {
        String like = "transit-stub:transitDomains=1,transitRouters=2,stubDomains=1,stubRouters=1,"
                + "transitMillis=70,transitStubMillis=4,clientMillis=0.5";
        CommandRun described = CommandRun.of("topology", "describe", "--nodes", "20", "--json", "--like", like);
        Map<?, ?> statistics = (Map<?, ?>) described.json().get("statistics");
        assertEquals(0.0, statistics.get("violatingTriples"));
        Map<?, ?> roundTrips = (Map<?, ?>) statistics.get("roundTripMillis");
        assertEquals(2.0, roundTrips.get("p1"));
        assertEquals(158.0, roundTrips.get("p99"));
        CommandRun simulated = CommandRun.of("simulate", "kitchen", "--nodes", "5", "--like", like);
        assertEquals(ExitCode.DONE, simulated.code(), simulated::toString);
    }

    @Test
    void aNetworkLikeTheCloudIsAlikeAndAnotherIsNot(@TempDir Path directory) {
        String file = directory.resolve("cloud.csv").toString();
        CommandRun.of("topology", "generate", "--like", "cloud", "--nodes", "69", "--output", file);
        CommandRun like = CommandRun.of(
                ("topology describe --nodes 69 --seed 3 --memory --json --one-way --compare-one-way --like " + file
                                + " --compare " + file)
                        .split(" "));
        assertEquals(ExitCode.DONE, like.code(), like::toString);
        assertEquals(true, like.json().get("alike"));
        assertTrue((Double) like.json().get("heapBytes") > 0);
        CommandRun unlike =
                CommandRun.of(("topology describe --nodes 69 --compare-one-way --json --compare " + file).split(" "));
        assertEquals(ExitCode.NOT_MET, unlike.code(), unlike::toString);
        assertEquals(false, unlike.json().get("alike"));
        assertEquals(14, ((List<?>) unlike.json().get("comparison")).size());
    }

    @Test
    void aDamagedMatrixIsRefused(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("network.csv"), "0,x,1\n1,0,1\n1,1,0\n");
        CommandRun run = CommandRun.of("simulate", "kitchen", "--nodes", "3", "--topology", file.toString());
        assertEquals(ExitCode.USAGE, run.code(), run::err);
        assertTrue(run.err().contains("network.csv:1:"), run::err);
    }

    @Test
    void experimentsAreListed() {
        assertTrue(CommandRun.of("eval", "--list").out().contains("tasting     how it tastes"));
        assertEquals(
                Map.of(
                        "experiments",
                        List.of(
                                Map.of("name", "burning", "summary", "whether it burns"),
                                Map.of("name", "tasting", "summary", "how it tastes"))),
                CommandRun.of("eval", "--list", "--json").json());
    }

    @Test
    void anExperimentReportsItsBars() {
        CommandRun run = CommandRun.of("eval", "tasting", "--seeds", "5", "--json");
        Map<String, Object> json = run.json();
        assertEquals(ExitCode.DONE, run.code());
        assertEquals(
                List.of("experiment", "seeds", "machine", "bars", "results", "commands"), List.copyOf(json.keySet()));
        assertEquals("tasting", json.get("experiment"));
        assertEquals(5.0, json.get("seeds"));
        assertEquals(
                List.of(Map.of("name", "salt", "value", 0.5, "unit", "g", "threshold", "<= 1", "holds", true)),
                json.get("bars"));
        assertEquals(Map.of("spoons", List.of(1.0, 2.5), "pinches", 2.0, "sweet", false), json.get("results"));
        assertTrue(run.err().startsWith("seed base 0"), run::err);
    }

    @Test
    void aBarThatDoesNotHoldIsTheExitCode() {
        CommandRun run = CommandRun.of("eval", "tasting", "--quick", "--json");
        assertEquals(ExitCode.NOT_MET, run.code());
        assertEquals("tasting (quick)", run.json().get("experiment"));
    }

    @Test
    void anExperimentHasOptionsOfItsOwn() {
        CommandRun run = CommandRun.of("eval", "tasting", "--pinches", "3", "--sweet", "--seed-base", "7", "--json");
        assertEquals(
                Map.of("spoons", List.of(1.0, 2.5), "pinches", 3.0, "sweet", true),
                run.json().get("results"),
                run::err);
        assertEquals(
                List.of("foresail eval tasting --seed-base 7 --pinches 3 --sweet --json"),
                run.json().get("commands"));
        String help = CommandRun.of("eval", "--help").out();
        assertTrue(help.contains("tasting --pinches N: how much salt goes in (2)"), help);
        assertTrue(help.lines().anyMatch("tasting --sweet: sugar goes in too"::equals), help);
    }
}
