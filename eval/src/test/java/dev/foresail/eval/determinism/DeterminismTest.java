package dev.foresail.eval.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.Experiment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Random protocols, played in several ways. */
final class DeterminismTest {
    private static final List<RandomRun> RUNS = RandomRun.all(4, 2, 300);

    @Test
    void theRunsAreAboutSomething() {
        ExecutorService helpers = Executors.newCachedThreadPool();
        try {
            Comparison comparison = new Comparison(RUNS);
            for (int run = 0; run < RUNS.size(); run++) {
                for (int workers : Determinism.WORKERS) {
                    Played played = RUNS.get(run).play(workers, helpers);
                    assertTrue(played.events() > 50, RUNS.get(run) + ": " + played);
                    assertEquals(RUNS.get(run).hasChoices(), played.predicted() > 0, RUNS.get(run) + ": " + played);
                    comparison.here(run, played);
                }
            }
            assertEquals(0, comparison.differentOnWorkers());
            assertEquals(100, comparison.percentShared());
            Experiment.Report report = Determinism.report(comparison, 2, 1, "");
            long different = (long) report.results().get("differentDigests");
            assertTrue(4 * different > 3L * RUNS.size(), different + " different runs of " + RUNS.size());
            assertTrue(!report.bars().get(1).holds(), "a process that said nothing proves nothing");
        } finally {
            helpers.shutdownNow();
        }
    }

    @Test
    void aDigestThatDiffersIsCountedAndNamed() {
        List<RandomRun> two = RUNS.subList(0, 2);
        Comparison comparison = new Comparison(two);
        comparison.here(0, new Played("aa", 1, 5, 0));
        comparison.here(0, new Played("ab", 2, 5, 0));
        comparison.here(1, new Played("bb", 1, 5, 0));
        comparison.here(1, new Played("bb", 1, 5, 0));
        comparison.elsewhere("one", "aa aa \nbb bb \n");
        comparison.elsewhere("other", "aa aa \nbb bc \n");
        comparison.elsewhere("short", "aa aa \n");
        assertEquals(1, comparison.differentOnWorkers());
        assertEquals(2, comparison.differentElsewhere());
        List<Experiment.Bar> bars = Determinism.report(comparison, 1, 3, "").bars();
        assertEquals(
                List.of(false, false, true),
                bars.stream().map(Experiment.Bar::holds).toList());
    }

    @Test
    void anotherJavaIsNamedByItsDirectory() {
        Path home = Path.of(System.getProperty("java.home"));
        assertEquals(
                Optional.of(List.of(home.resolve("bin/java"))),
                Determinism.OTHER_JAVA.reader().apply(home.toString()));
        assertEquals(
                Optional.empty(),
                Determinism.OTHER_JAVA.reader().apply(home.resolve("lib").toString()));
    }
}
