package dev.foresail.eval.churn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.eval.churn.ChurnRun.Outcome;
import dev.foresail.eval.churn.ChurnRun.Size;
import dev.foresail.network.topology.PowerLaw;
import dev.foresail.network.topology.Topology;
import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Experiment.Bar;
import dev.foresail.steering.cli.Experiment.Report;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BambooChurnTest {
    private static final Size SMALL = new Size(30, Duration.ofSeconds(10), Duration.ofSeconds(10));

    private static Outcome run(double deaths, double consistent, double latency) {
        return new Outcome(
                7, deaths, new TreeMap<>(Map.of("consistentPercent", consistent, "latencyMean", latency)), 0, "");
    }

    private static List<Boolean> holds(Outcome... runs) {
        Report report = BambooChurn.report(1, List.of(runs), SMALL, "again");
        return report.bars().stream().map(Bar::holds).toList();
    }

    @Test
    void theBarsAreThoseOfTheLowestAndTheHighestRate() {
        assertEquals(List.of(true, true, true, true), holds(run(1, 99, 100), run(2, 0, 900), run(8, 97, 150)));
        assertEquals(List.of(false, false, false, true), holds(run(1, 98.9, 100), run(8, 96.9, 151)));
        assertEquals(List.of(false, false, false, false), holds());
    }

    @Test
    void figuresOfARateAreTheMeanOverItsRuns() {
        assertEquals(
                List.of(true, true, true, true),
                holds(run(1, 98, 100), run(1, 100, 100), run(8, 97, 100), run(8, 97, 200)));
    }

    /** In a ring in which nobody dies all agree, and all are judged; where nodes die all the time, few of a group live until the deadline. */
    @Test
    void whoDiesIsNoticed() {
        Topology links = PowerLaw.generate(SMALL.nodes(3), 7);
        Outcome calm = ChurnRun.play(SMALL, 0, links, Map.of(), 7);
        assertEquals(100, calm.figure("consistentPercent"), calm::toString);
        assertEquals(100, calm.figure("joinedPercent"));
        Outcome stormy = ChurnRun.play(SMALL, 3, links, Map.of(), 7);
        assertTrue(stormy.figure("faults.leave") > 15 && stormy.figure("faults.join") > 15, stormy::toString);
        assertTrue(stormy.figure("consistentPercent") > 60, stormy::toString);
        assertEquals(10, calm.figure("membersPerGroup"));
        assertTrue(stormy.figure("membersPerGroup") < 8, stormy::toString);
        assertEquals(0, stormy.failures());
    }

    private static int execute(StringWriter out, String... words) {
        return Foresail.execute(List.of(words), new PrintWriter(out), new PrintWriter(out), new Interruption(), false);
    }

    /** One rate alone would be compared with itself. */
    @ParameterizedTest
    @ValueSource(strings = {"8", "8,1", "1,1", "0,8", "1,17", "1,", "1, 8", "one,two", "1,2,3,99999999999"})
    void ratesThatCannotBeComparedAreRefused(String rates) {
        StringWriter out = new StringWriter();
        assertEquals(ExitCode.USAGE, execute(out, "eval", "bamboo-churn", "--deaths", rates), out::toString);
        assertTrue(
                out.toString().contains("FS200") && out.toString().contains("--deaths is at least two"), out::toString);
    }

    @Test
    void ratesAreRead() {
        assertEquals(Optional.of(List.of(1, 8)), BambooChurn.DEATHS.reader().apply("1,8"));
        assertEquals(Optional.of(List.of(2, 4, 16)), BambooChurn.DEATHS.reader().apply("2,4,16"));
    }

    @Test
    void itIsAScenarioLikeOthers() {
        StringWriter out = new StringWriter();
        int code = execute(
                out,
                "simulate",
                "group-lookups/pastry",
                "--nodes",
                "12",
                "--seed",
                "3",
                "--set",
                "lasting=5s",
                "--set",
                "joinWithin=5s",
                "--until",
                "21s",
                "--json");
        assertEquals(ExitCode.DONE, code, out::toString);
        assertTrue(out.toString().contains("\"consistentPercent\":100"), out::toString);
    }

    /** No answer crosses a wide area in a tenth of a millisecond: only roots are told in time who the root is. */
    @Test
    void whoIsToldTooLateIsNotConsistent() {
        StringWriter out = new StringWriter();
        int code = execute(
                out,
                "simulate",
                "group-lookups/bamboo",
                "--nodes",
                "12",
                "--seed",
                "3",
                "--set",
                "lasting=5s",
                "--set",
                "joinWithin=5s",
                "--set",
                "deadline=100us",
                "--until",
                "11s",
                "--json");
        assertEquals(ExitCode.DONE, code, out::toString);
        assertTrue(out.toString().contains("\"consistentPercent\":0,"), out::toString);
    }

    @Test
    void whatCannotBePlayedIsRefused() {
        Duration second = Duration.ofSeconds(1);
        for (Runnable wrong : List.<Runnable>of(
                () -> new ChurnScenario.Settings(5, 10, 1, second, second, second, second),
                () -> new ChurnScenario.Settings(10, 0, 1, second, second, second, second),
                () -> new ChurnScenario.Settings(10, 10, -1, second, second, second, second),
                () -> new ChurnScenario.Settings(10, 10, 1, second.negated(), second, second, second),
                () -> new ChurnScenario.Settings(10, 10, 1, second, Duration.ZERO, second, second))) {
            String refusal =
                    assertThrows(IllegalArgumentException.class, wrong::run).getMessage();
            assertTrue(refusal.contains("[FS512]"), refusal);
        }
    }
}
