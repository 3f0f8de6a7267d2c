package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code foresail eval report}, from the command line on. */
final class ReportVerbTest {
    @TempDir
    private Path directory = Path.of("");

    private CommandRun report(String... arguments) {
        return report(new Interruption(), arguments);
    }

    private CommandRun report(Interruption interruption, String... arguments) {
        String line = "eval report --out " + page() + " --json " + String.join(" ", arguments);
        return CommandRun.of(interruption, line.split(" "));
    }

    private Path page() {
        return directory.resolve("out/report.html");
    }

    private String saved(String name, boolean quick) throws IOException {
        CommandRun run = CommandRun.of(
                quick
                        ? new String[] {"eval", "tasting", "--quick", "--json"}
                        : new String[] {"eval", "tasting", "--json"});
        Path file = directory.resolve(name);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, run.out());
        return file.toString();
    }

    @Test
    void aSavedResultBecomesAPageAndItsJson() throws IOException {
        CommandRun run = report("--from", saved("tasting.json", false));
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        assertEquals(1.0, run.json().get("barsThatHold"));
        String html = Files.readString(page());
        assertTrue(html.contains("how it tastes"), html);
        assertTrue(html.contains("foresail eval tasting --json"), html);
        assertFalse(html.contains("http:") || html.contains("https:"), "asks nobody for anything");
        Path json = page().resolveSibling("report.json");
        assertTrue(Files.readString(json).contains("\"salt\""));
        assertEquals(ExitCode.DONE, report("--from", json.toString()).code(), "a report's JSON makes a report again");
    }

    @Test
    void aBarThatMissesIsTheExitCode() throws IOException {
        CommandRun run = report("--from", saved("a/tasting.json", true), saved("b/tasting.json", false));
        assertEquals(ExitCode.NOT_MET, run.code(), run::toString);
        assertTrue(Files.readString(page()).contains("tasting (quick)"));
    }

    /** The redirected output of an experiment that died is an empty file. */
    @Test
    void aFileOfADirectoryWithoutAResultIsAnExperimentThatFailed() throws IOException {
        saved("results/tasting.json", false);
        Files.createFile(directory.resolve("results/soaking.json"));
        CommandRun run = report("--from", directory.resolve("results").toString());
        assertEquals(ExitCode.NOT_MET, run.code(), run::toString);
        assertEquals(
                List.of(1.0, 1.0), List.of(run.json().get("failed"), run.json().get("holds")));
        assertTrue(Files.readString(page()).contains("soaking"));
    }

    /** Each in a process of its own; the results are kept, and the reason is told of what has none. */
    @Test
    void experimentsAreRunAndOneThatFailsTakesNoOtherAlong() throws IOException {
        Path kept = directory.resolve("kept");
        CommandRun run = report("--seeds", "9", "--save", kept.toString(), "burning", "tasting", "tasting");
        assertEquals(ExitCode.NOT_MET, run.code(), run::toString);
        assertEquals(
                List.of(1.0, 1.0), List.of(run.json().get("failed"), run.json().get("holds")), "each is run once");
        String html = Files.readString(page());
        assertTrue(html.contains("foresail eval tasting --seeds 9 --json"), html);
        assertTrue(html.contains("the pan is on fire"), run::err);
        assertEquals(
                ExitCode.DONE,
                report("--from", kept.resolve("tasting.json").toString()).code());
    }

    @Test
    void whoeverIsInterruptedHasAReportOfWhatThereIs() throws IOException {
        Interruption interruption = new Interruption();
        interruption.request();
        CommandRun run = report(interruption, "tasting", "--from", saved("tasting.json", false));
        assertEquals(ExitCode.UNKNOWN, run.code(), run::toString);
        assertEquals(true, run.json().get("partial"));
        assertEquals(1.0, run.json().get("experiments"));
        assertTrue(Files.exists(page()));
    }

    /** It may be that of many hours. */
    @Test
    void whoeverIsInterruptedBeforeAnythingIsMeasuredKeepsTheReportOfBefore() throws IOException {
        report("--from", saved("tasting.json", false));
        String before = Files.readString(page());
        Interruption interruption = new Interruption();
        interruption.request();
        CommandRun run = report(interruption, "tasting");
        assertEquals(ExitCode.UNKNOWN, run.code(), run::toString);
        assertTrue(run.err().contains("nothing was measured; no report was written"), run::err);
        assertEquals(before, Files.readString(page()));
        assertTrue(Files.readString(page().resolveSibling("report.json")).contains("\"salt\""));
        assertFalse(run.json().containsKey("page"), run::out);
    }

    /** Who reads the page while it is written anew has the one or the other, and so has whoever comes after a crash. */
    @Test
    void aReportTakesThePlaceOfTheOneBeforeAsAWhole() throws IOException {
        String result = saved("tasting.json", false);
        report("--from", result);
        byte[] before = Files.readAllBytes(page());
        try (InputStream reading = Files.newInputStream(page())) {
            report("--from", result, saved("quick.json", true));
            assertArrayEquals(before, reading.readAllBytes());
        }
        assertTrue(Files.readString(page()).contains("tasting (quick)"));
        try (Stream<Path> left =
                Files.list(page().toAbsolutePath().resolve("..").normalize())) {
            assertEquals(2, left.count(), "the page and its JSON");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "FS472|eval report --from no-such.json|there is no file no-such.json",
                "FS472|eval report --from pom.xmk|did you mean 'pom.xml'?",
                "FS472|eval report --from pom.xml|pom.xml is no result: Unexpected character",
                "FS472|eval report --from src/main|no file in src/main has a name that ends with .json",
                "FS226|eval report tastng|did you mean 'tasting'?",
                "FS226|eval reprot|did you mean 'report'?",
                "FS200|eval report --seeds 0|--seeds is a whole number of at least 1",
                "FS200|eval report --out page.txt|ends with .html",
                "FS200|eval report --data no-such-directory tasting|there is no directory",
                "FS200|eval --quick report|--quick stands after the word 'report'",
                "FS200|eval tasting report|experiments stand after the word 'report'",
                "FS200|eval --qick report|did you mean '--quick'?",
                "FS200|eval report --form x|did you mean '--from'?",
            })
    void mistakesAreExplained(String code, String commandLine, String words) {
        CommandRun run = CommandRun.of(commandLine.split(" "));
        assertEquals(ExitCode.USAGE, run.code(), run::toString);
        assertTrue(run.err().contains("[" + code + "] "), run::err);
        assertTrue(run.err().contains(words), run::err);
    }

    @Test
    void aPageThatCannotBeWrittenIsToldBeforeAnythingRuns() throws IOException {
        Path taken = Files.createFile(directory.resolve("taken"));
        CommandRun run = CommandRun.of(
                "eval", "report", "--out", taken.resolve("report.html").toString(), "tasting");
        assertEquals(ExitCode.USAGE, run.code(), run::toString);
        assertTrue(run.err().contains("[FS473] "), run::err);
    }
}
