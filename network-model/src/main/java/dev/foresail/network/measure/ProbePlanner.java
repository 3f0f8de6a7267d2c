package dev.foresail.network.measure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says which peers to measure actively: those whose figures are older than their use bears, the most overdue first, as many as a
 * budget of bytes per second pays for. A peer is not asked again before the answer had time to come.
 *
 * <p>Not thread-safe. Times are nanoseconds of one monotonic clock; one that runs backwards earns nothing.
 *
 * @param <P> names a peer; needs equals and hashCode
 */
public final class ProbePlanner<P> {
    private static final double SECOND_NANOS = 1e9;

    private final double bytesPerSecond;
    private final double largestSavings;
    private final Map<P, Long> waitUntilNanos = new HashMap<>();
    private double savings;
    private long savedAtNanos;
    private boolean started;

    /**
     * What a peer's figure is needed for.
     *
     * @param ageNanos how old it is; {@link Long#MAX_VALUE} when there is none
     * @param toleratedAgeNanos how old it may be, above 0
     * @param bytes what a probe costs, in both directions
     * @param patienceNanos how long to wait before the peer is asked again
     */
    public record Need<P>(P peer, long ageNanos, long toleratedAgeNanos, int bytes, long patienceNanos) {
        public Need {
            if (toleratedAgeNanos <= 0 || bytes < 0 || patienceNanos < 0) {
                throw new IllegalArgumentException("not a need: tolerated age " + toleratedAgeNanos + " ns, " + bytes
                        + " bytes, patience " + patienceNanos + " ns");
            }
        }

        private double overdue() {
            return (double) ageNanos / toleratedAgeNanos;
        }
    }

    /**
     * Starts without savings.
     *
     * @param bytesPerSecond what probes may cost in the long run, at least 0
     * @param burstBytes how much may be saved up, at least 0
     */
    public ProbePlanner(double bytesPerSecond, double burstBytes) {
        if (!(bytesPerSecond >= 0) || !(burstBytes >= 0)) {
            throw new IllegalArgumentException(
                    "a budget must not be negative: " + bytesPerSecond + " bytes/s, burst " + burstBytes);
        }
        this.bytesPerSecond = bytesPerSecond;
        this.largestSavings = burstBytes;
    }

    /** Whom to probe now, the most overdue first; their cost is spent. */
    public List<P> due(Collection<Need<P>> needs, long nowNanos) {
        earn(nowNanos);
        waitUntilNanos.values().removeIf(until -> until - nowNanos <= 0);
        List<Need<P>> overdue = new ArrayList<>();
        for (Need<P> need : needs) {
            if (need.ageNanos() > need.toleratedAgeNanos() && !waitUntilNanos.containsKey(need.peer())) {
                overdue.add(need);
            }
        }
        overdue.sort(Comparator.<Need<P>>comparingDouble(Need::overdue).reversed());
        List<P> due = new ArrayList<>();
        for (Need<P> need : overdue) {
            // The most overdue one is waited for: cheaper ones behind it would keep it from ever being paid. What costs
            // more
            // than can be saved up is paid afterwards.
            if (StrictMath.min(need.bytes(), largestSavings) > savings) {
                break;
            }
            savings -= need.bytes();
            if (need.patienceNanos() > 0) {
                waitUntilNanos.put(need.peer(), nowNanos + need.patienceNanos());
            }
            due.add(need.peer());
        }
        return due;
    }

    private void earn(long nowNanos) {
        if (started && nowNanos - savedAtNanos > 0) {
            double earned = (nowNanos - savedAtNanos) / SECOND_NANOS * bytesPerSecond;
            savings = StrictMath.min(largestSavings, savings + earned);
        }
        if (!started || nowNanos - savedAtNanos > 0) {
            savedAtNanos = nowNanos;
            started = true;
        }
    }
}
