package dev.foresail.predictor.service;

import dev.foresail.predictor.objective.Objective.Wanted;
import java.time.Duration;
import java.util.List;

/**
 * How one choice of a service is made. Immutable.
 *
 * @param objectives in order of priority, at least one: a later one decides where the earlier ones tell nothing apart
 * @param memory which outcomes count
 * @param explored the most that choices may be spent on finding out what is not known or may have changed, as a share of all
 *     in [0, 0.5]
 */
public record ServiceSettings(List<ServiceObjective> objectives, Memory memory, double explored) {
    private static final double MOST_EXPLORED = 0.5;

    /** The mean latency with failures as a second, the latest 64 outcomes of 30 s, one choice in 200 explores. */
    public static final ServiceSettings DEFAULT = new ServiceSettings(
            List.of(ServiceObjective.parse(Wanted.MINIMIZE, "mean(latency) + 1s * failures")),
            new Memory(64, Duration.ofSeconds(30).toNanos()),
            0.005);

    public ServiceSettings {
        objectives = List.copyOf(objectives);
        if (objectives.isEmpty()) {
            throw new IllegalArgumentException("a choice has at least one objective");
        }
        if (!(explored >= 0 && explored <= MOST_EXPLORED)) {
            throw new IllegalArgumentException("a share from 0 to 0.5 is explored, not " + explored);
        }
    }

    /**
     * Which outcomes of a candidate count.
     *
     * @param outcomes the latest so many, at least 8
     * @param spanNanos of so long, above 0; the latest one counts however old it is
     */
    public record Memory(int outcomes, long spanNanos) {
        private static final int LEAST_OUTCOMES = 8;

        public Memory {
            if (outcomes < LEAST_OUTCOMES || spanNanos <= 0) {
                throw new IllegalArgumentException(
                        "at least 8 outcomes of some time are kept, not " + outcomes + " of " + spanNanos + " ns");
            }
        }
    }
}
