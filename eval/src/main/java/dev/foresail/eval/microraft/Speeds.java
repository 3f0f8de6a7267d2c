package dev.foresail.eval.microraft;

import dev.foresail.eval.experiment.Distribution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The same run again and again, on all processors and on one, in turns; the first of each kind warms the JVM up.
 */
record Speeds(List<SpeedRun> onAll, List<SpeedRun> onOne) {
    Speeds() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    Stream<SpeedRun> all() {
        return Stream.concat(onAll.stream(), onOne.stream());
    }

    /** Of all runs but the first. */
    static Distribution of(List<SpeedRun> runs, Function<SpeedRun, Double> figure) {
        return Distribution.of(runs.stream().skip(1).map(figure).toList());
    }

    Map<String, Object> results() {
        Map<String, Object> results = new LinkedHashMap<>();
        onAll.stream().limit(1).forEach(run -> results.put("workers", run.workers()));
        results.put(
                "simulatedSecondsPerSecond",
                of(onAll, SpeedRun::secondsPerSecond).summary());
        results.put("eventsPerSecond", of(onAll, SpeedRun::eventsPerSecond).summary());
        results.put(
                "simulatedSecondsPerSecondOnOneWorker",
                of(onOne, SpeedRun::secondsPerSecond).summary());
        all().limit(1).forEach(run -> {
            results.put("digest", run.digest());
            results.put("acknowledgements", run.acknowledgements());
        });
        return results;
    }
}
