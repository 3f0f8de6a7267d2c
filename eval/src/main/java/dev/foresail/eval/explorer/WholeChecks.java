package dev.foresail.eval.explorer;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.steering.cli.Interruption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What a user waits for: whole processes that check two-phase commit, with the start of the JVM, taking turns. */
final class WholeChecks {
    private static final int ROUNDS = 3;
    private static final double MOST_SECONDS_ALONE = 7;
    private static final double MOST_SECONDS_OF_TWO = 4.2;
    private static final double MOST_BYTES_PER_WORLD = 45;

    private final List<CheckProcess.Outcome> alone = new ArrayList<>();
    private final List<CheckProcess.Outcome> two = new ArrayList<>();
    /** Next to no worlds: what a process needs anyway. */
    private final List<CheckProcess.Outcome> small = new ArrayList<>();

    private record Turn(String rms, String workers, List<CheckProcess.Outcome> outcomes) {
        List<String> arguments() {
            return List.of("twophase", "--set", "rms=" + rms, "--workers", workers);
        }
    }

    private List<Turn> turns() {
        return List.of(new Turn("9", "1", alone), new Turn("9", "2", two), new Turn("3", "1", small));
    }

    /** Stops early when the end is asked for. */
    void run(Interruption interruption) throws IOException, InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            for (Turn turn : turns()) {
                Optional<CheckProcess.Outcome> outcome = CheckProcess.run(turn.arguments(), interruption);
                if (outcome.isEmpty()) {
                    return;
                }
                turn.outcomes().add(outcome.get());
            }
        }
    }

    void addBars(Bars bars) {
        double more = median(alone, CheckProcess.Outcome::peakBytes) - median(small, CheckProcess.Outcome::peakBytes);
        bars.atMost(
                        "whole process, twophase rms=9, 1 worker",
                        median(alone, CheckProcess.Outcome::seconds),
                        "s",
                        MOST_SECONDS_ALONE)
                .atMost(
                        "whole process, twophase rms=9, 2 workers",
                        median(two, CheckProcess.Outcome::seconds),
                        "s",
                        MOST_SECONDS_OF_TWO)
                .atMost(
                        "peak memory of twophase rms=9 above rms=3, per world",
                        more / median(alone, CheckProcess.Outcome::worlds),
                        "bytes",
                        MOST_BYTES_PER_WORLD);
    }

    private static double median(List<CheckProcess.Outcome> outcomes, ToDoubleFunction<CheckProcess.Outcome> figure) {
        return Distribution.of(outcomes.stream().map(figure::applyAsDouble).toList())
                .percentile(0.5);
    }

    /** Every run of every command. */
    Map<String, Object> results() {
        Map<String, Object> results = new LinkedHashMap<>();
        turns().forEach(turn ->
                results.put("foresail check " + String.join(" ", turn.arguments()) + " --json", turn.outcomes()));
        return results;
    }
}
