package dev.foresail.steering.config;

import dev.foresail.predictor.scenario.fault.FaultMix;
import dev.foresail.predictor.simulate.FaultPhase;
import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;

/**
 * What is to go wrong in a simulation. Immutable.
 *
 * @param faults with the end of their phase, if the file says one
 * @param times what takes time, with where in the file
 */
public record FaultSettings(FaultPhase faults, List<Timed> times) {
    /** Nothing goes wrong. */
    public static final FaultSettings NONE = new FaultSettings(FaultPhase.NONE, List.of());

    public FaultSettings {
        times = List.copyOf(times);
    }

    /**
     * How long something takes.
     *
     * @param place in the file
     * @param key of the file, such as {@code faults.crash}
     */
    record Timed(String place, String key, Duration time) {
        private boolean isEnd() {
            return key.endsWith(".until");
        }
    }

    /** Other faults instead of these; when they are over, and how long events take, stays. */
    public FaultSettings instead(LongFunction<FaultMix> mixes) {
        return new FaultSettings(
                new FaultPhase(mixes, faults.until(), faults.serviceTime()),
                times.stream().filter(Timed::isEnd).toList());
    }

    /**
     * The faults of a run.
     *
     * @param length how long it takes
     * @throws ConfigurationException FS432 when something never happens, as it would not be over in time
     */
    public FaultPhase of(Duration length) {
        Duration end = faults.end(length);
        String over = "faults are over at " + seconds(end) + " of " + seconds(length);
        List<Problem> beyond = times.stream()
                .filter(timed -> timed.isEnd()
                        ? timed.time().compareTo(length) > 0
                        : timed.time().compareTo(end) >= 0)
                .map(timed -> new Problem(
                        timed.place(),
                        "FS432",
                        timed.key() + ": " + seconds(timed.time()) + " is beyond the run: " + over))
                .toList();
        if (!beyond.isEmpty()) {
            throw new ConfigurationException(beyond);
        }
        return faults;
    }

    private static String seconds(Duration time) {
        return time.toMillis() / 1e3 + " s";
    }
}
