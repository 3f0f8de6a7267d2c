package dev.foresail.eval.explorer;

import dev.foresail.eval.experiment.Distribution;
import dev.foresail.eval.experiment.SearchRuns.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Searches that take turns, so that what slows the machine down for a while slows down all of them; the first rounds warm up
 * and don't count. Not thread-safe.
 */
final class Contest {
    private final Map<String, Supplier<Run>> contenders = new LinkedHashMap<>();
    private final Map<String, List<Run>> runs = new LinkedHashMap<>();

    Contest with(String name, Supplier<Run> contender) {
        contenders.put(name, contender);
        runs.put(name, new ArrayList<>());
        return this;
    }

    /** Ends early, without the round that was under way, when {@code isInterrupted}. */
    void run(int warmUpRounds, int rounds, BooleanSupplier isInterrupted) {
        for (int round = 0; round < warmUpRounds + rounds; round++) {
            Map<String, Run> taken = new LinkedHashMap<>();
            contenders.forEach((name, contender) -> taken.put(name, contender.get()));
            if (isInterrupted.getAsBoolean()) {
                return;
            }
            if (round >= warmUpRounds) {
                taken.forEach((name, run) -> runs(name).add(run));
            }
        }
    }

    private List<Run> runs(String name) {
        List<Run> found = runs.get(name);
        if (found == null) {
            throw new NoSuchElementException("no contender is named " + name);
        }
        return found;
    }

    /** Over the rounds that count; NaN when there was none. */
    double median(String name, ToDoubleFunction<Run> figure) {
        return Distribution.of(runs(name).stream().map(figure::applyAsDouble).toList())
                .percentile(0.5);
    }

    /** What a report says of a contender. */
    Map<String, Object> summary(String name) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("runs", runs(name).size());
        summary.put("worlds", median(name, run -> run.report().distinctWorlds()));
        summary.put("transitions", median(name, run -> run.report().transitions()));
        summary.put("handlerRuns", median(name, run -> run.report().handlerRuns()));
        summary.put(
                "handlerRunsPerTransition",
                median(
                        name,
                        run -> (double) run.report().handlerRuns()
                                / run.report().transitions()));
        summary.put("medianSeconds", median(name, Run::seconds));
        summary.put("transitionsPerSecond", median(name, Run::transitionsPerSecond));
        summary.put("worldsPerSecond", median(name, Run::worldsPerSecond));
        return summary;
    }
}
