package dev.foresail.eval.coordinates;

import dev.foresail.network.measure.ChangeCalibrations;
import dev.foresail.network.measure.Interval;
import dev.foresail.network.measure.MeasuredLink;
import dev.foresail.network.random.RandomStream;
import java.util.List;
import java.util.Optional;

/** One node that measures its links now and then, and states meanwhile where their round trips lie. Used once. */
final class AgingNode {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int SHORTEST_SECONDS = 20;
    private static final int LONGEST_SECONDS = 3_600;

    private final double[][] truth;
    private final List<Integer> ages;
    private final double stated;
    private final RandomStream random;
    private final long sliceNanos;
    private final MeasuredLink[] links;
    private final int[] measuredAt;
    private final int[] nextAt;
    private final double[] latest;

    /**
     * A node that has measured nothing.
     *
     * @param truth by time and link, in microseconds; NaN cannot be measured
     * @param ages that are asked for, in slices
     * @param stated the probability of the intervals
     */
    AgingNode(double[][] truth, List<Integer> ages, double stated, RandomStream random) {
        this.truth = truth;
        this.ages = ages;
        this.stated = stated;
        this.random = random;
        this.sliceNanos = random.nextInt(SHORTEST_SECONDS, LONGEST_SECONDS + 1) * SECOND_NANOS;
        int count = truth[0].length;
        links = new MeasuredLink[count];
        measuredAt = new int[count];
        nextAt = new int[count];
        latest = new double[count];
        ChangeCalibrations calibrations = new ChangeCalibrations();
        for (int link = 0; link < count; link++) {
            links[link] = new MeasuredLink(calibrations);
            measuredAt[link] = -1;
            // As if the node had been at it for a while: not all links at once.
            nextAt[link] = random.nextInt(ages.get(random.nextInt(ages.size())));
        }
    }

    AgeCoverage run() {
        AgeCoverage coverage = new AgeCoverage(ages);
        for (int time = 0; time < truth.length; time++) {
            // All that is asked at a time is asked before anything of it is known.
            ask(time, coverage);
            measure(time);
        }
        return coverage;
    }

    private void ask(int time, AgeCoverage coverage) {
        for (int link = 0; link < links.length; link++) {
            int age = time - measuredAt[link];
            double value = truth[time][link];
            if (measuredAt[link] < 0 || Double.isNaN(value) || !ages.contains(age)) {
                continue;
            }
            Optional<Interval> interval = links[link].roundTripInterval(stated, time * sliceNanos);
            coverage.add(age, value, latest[link], interval.map(nanos -> nanos.scaled(1e-3)));
        }
    }

    private void measure(int time) {
        for (int link = 0; link < links.length; link++) {
            double value = truth[time][link];
            if (time >= nextAt[link] && !Double.isNaN(value)) {
                links[link].roundTrip(Math.round(value * 1_000), 0, false, time * sliceNanos);
                latest[link] = value;
                measuredAt[link] = time;
                nextAt[link] = time + ages.get(random.nextInt(ages.size()));
            }
        }
    }
}
