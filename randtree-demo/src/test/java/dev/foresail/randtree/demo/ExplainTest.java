package dev.foresail.randtree.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Foresail;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The decisions of a simulated RandTree, written down and read back. */
final class ExplainTest {
    private static final String PLAIN = "simulate randtree --nodes 9 --seed 3 --until 4s --json";

    @TempDir
    private static Path directory = Path.of("");

    private static String recorded = "";

    private record Run(int code, String out, String err) {
        static Run of(String commandLine) {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            int code = Foresail.execute(
                    List.of(commandLine.split(" ")), new PrintWriter(out, true), new PrintWriter(err, true));
            return new Run(code, out.toString(), err.toString());
        }

        String figure(String pattern) {
            Matcher found = Pattern.compile(pattern).matcher(out);
            assertTrue(found.find(), this::toString);
            return found.group(1);
        }
    }

    private static Path file() {
        return directory.resolve("run.jsonl");
    }

    @BeforeAll
    static void aRunIsRecorded() {
        recorded = Run.of(PLAIN + " --decisions " + file()).figure("\"digest\":\"([0-9a-f]+)\"");
    }

    @Test
    void aRunThatIsRecordedGoesAsOneThatIsNot() {
        assertEquals(Run.of(PLAIN).figure("\"digest\":\"([0-9a-f]+)\""), recorded);
    }

    @Test
    void allDecisionsAreSummedUp() throws IOException {
        Run run = Run.of("explain " + file() + " --json");
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        long lines = Files.readAllLines(file()).stream()
                .filter(line -> line.contains("\"chosen\""))
                .count();
        assertTrue(lines > 3, "decisions: " + lines);
        assertEquals(
                Long.toString(lines), run.figure("\"choices\":\\{\"randtree.delegate.child\":\\{\"decisions\":(\\d+)"));
        assertTrue(Integer.parseInt(run.figure("\"judged\":(\\d+)")) > 0, run::toString);
        assertTrue(run.err().contains("in 80 % intervals"), run::err);
    }

    @Test
    void oneDecisionIsToldInFull() {
        Run run = Run.of("explain " + file() + " n1.1");
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        for (String told : List.of("took      delegate[", "evidence  ", "->  delegate[", "by meanDepth", "80 % from")) {
            assertTrue(run.out().contains(told), () -> told + " is missing in " + run.out());
        }
        assertEquals("n1.1", Run.of("explain " + file() + " n1.1 --json").figure("\"decision\":\"([^\"]+)\""));
    }

    /** Were it asked at one time for both, each outcome would be 0. */
    @Test
    void anObjectiveOfSeveralTimesIsAskedAtEach() throws IOException {
        Path config = directory.resolve("growth.yaml");
        Files.writeString(config, """
                protocol: randtree
                objectives:
                  - minimize: meanDepth - meanDepth at 500ms
                horizon: 2s
                resolver: predicted
                """);
        Path decisions = directory.resolve("growth.jsonl");
        Run run = Run.of(PLAIN + " --config " + config + " --decisions " + decisions);
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        List<String> costs = Files.readAllLines(decisions).stream()
                .filter(line -> line.contains("\"outcome\""))
                .map(line -> line.replaceFirst(".*\"cost\":\"([^\"]+)\".*", "$1"))
                .toList();
        assertTrue(costs.stream().anyMatch(cost -> Math.abs(Double.parseDouble(cost)) > 0), costs::toString);
    }

    @Test
    void mistakesAreExplained() throws IOException {
        assertMistake("FS476", "explain " + file() + " n1.11111", "is called 'n1.11111'");
        assertMistake("FS474", "explain " + directory.resolve("run.jsnl"), "did you mean 'run.jsonl'?");
        Path damaged = directory.resolve("damaged.jsonl");
        Files.writeString(damaged, Files.readString(file()).replaceFirst("\"chosen\"", "\"choosen\""));
        assertMistake("FS475", "explain " + damaged, "line 2 is damaged");
        assertMistake("FS477", PLAIN + " --decisions " + directory, "it is a directory");
        assertMistake("FS200", PLAIN + " --seeds 2 --decisions x", "not for --seeds");
    }

    private static void assertMistake(String code, String commandLine, String words) {
        Run run = Run.of(commandLine);
        assertEquals(ExitCode.USAGE, run.code(), run::toString);
        assertTrue(run.err().contains("[" + code + "] "), run::err);
        assertTrue(run.err().contains(words), run::err);
    }

    @Test
    void aRunThatWasEndedByForceIsShownAsFarAsItGot() throws IOException {
        Path cut = directory.resolve("cut.jsonl");
        String whole = Files.readString(file());
        Files.writeString(cut, whole.substring(0, whole.length() - 30));
        Run run = Run.of("explain " + cut + " --json");
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        assertTrue(run.err().contains("has no end"), run::err);
        assertTrue(run.out().contains("\"partial\":true"), run::out);
    }
}
