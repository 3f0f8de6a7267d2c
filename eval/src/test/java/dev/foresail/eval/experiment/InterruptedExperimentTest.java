package dev.foresail.eval.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.cli.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody who has had enough gets what there is. */
final class InterruptedExperimentTest {
    @Test
    void runsThatAreDoneAreKeptAndTheOthersGivenUp() throws Exception {
        Interruption interruption = new Interruption();
        CountDownLatch never = new CountDownLatch(1);
        List<Callable<Integer>> work = List.of(
                () -> 1,
                () -> 2,
                () -> {
                    interruption.request();
                    never.await();
                    return 3;
                },
                () -> 4);
        try (Progress progress = Progress.onStandardError("working")) {
            assertEquals(List.of(1, 2), ParallelRuns.all(work, 1, progress, interruption));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "randtree-depth",
                "choice-latency",
                "bamboo-churn",
                "benchmarks",
                "decisions",
                "determinism",
                "event-core",
                "smr",
                "explorer-speed",
                "known-bugs",
                "layer-cost",
                "live-vs-simulation",
                "microraft",
                "replica",
                "roll-outs",
                "prediction-depth",
                "users-module"
            })
    void theReportSaysThatItIsPartial(String experiment) {
        Interruption interruption = new Interruption();
        interruption.request();
        StringWriter out = new StringWriter();
        int code = Foresail.execute(
                List.of("eval", experiment, "--json"),
                new PrintWriter(out),
                new PrintWriter(new StringWriter()),
                interruption,
                false);
        assertEquals(ExitCode.UNKNOWN, code);
        assertTrue(out.toString().strip().endsWith("\"partial\":true}"), out::toString);
    }
}
