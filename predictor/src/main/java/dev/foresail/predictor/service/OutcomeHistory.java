package dev.foresail.predictor.service;

import dev.foresail.predictor.service.ServiceSettings.Memory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * What came out of one candidate's latest requests, as a line: the time until an answer over how many requests of this process
 * were there before. Not thread-safe.
 *
 * <p>Idea: a server that works off a queue answers later the more it has to do, and how much later is learnt from it; where
 * there is little to learn from, a whole mean for each request: this process's own requests also stand for those of others that it
 * does not see. A change is noticed by two cumulative sums (Page,
 * "Continuous inspection schemes", Biometrika 1954) of the logarithms' deviations, one for each direction: what was before the
 * sum began to grow is then forgotten, so that a server that became slow is seen as slow after some eight answers, and those
 * of its better days do not count. Trade-off: eight answers that are late by chance do the same, until the next ones come.
 * Weakness: what other processes send there is only seen by what it does to this one's answers.
 */
final class OutcomeHistory {
    /** How many requests' worth of spread in the queue's length the expected slope is as good as. */
    private static final double SLOPE_WEIGHT = 30;

    private static final double EXPECTED_SLOPE = 1;
    /** In standard deviations: what is no change yet, and the sum at which it is one. */
    private static final double SLACK = 0.75;

    private static final double ALARM = 8;
    /** Outcomes before which no change can be seen. */
    private static final int LEAST_BEFORE_CHANGE = 8;
    /** Times differ by at least this much, in logarithms, so that one that never varied is not surprised by nothing. */
    private static final double LEAST_LOG_DEVIATION = 0.1;

    private final Memory memory;
    private final Deque<Outcome> outcomes = new ArrayDeque<>();
    private final Change slower = new Change();
    private final Change faster = new Change();

    private int failed;
    private double mean;
    private double logMean;
    private double meanInFlight;
    private double slope;
    private double deviation;
    private double meanLog;
    private double logDeviation;

    /** One direction's cumulative sum, and how many outcomes ago it began. */
    private static final class Change {
        private double sum;
        private int length;

        boolean isAlarmed(double deviations) {
            sum = StrictMath.max(0, sum + deviations - SLACK);
            length = sum == 0 ? 0 : length + 1;
            return sum > ALARM;
        }

        void reset() {
            sum = 0;
            length = 0;
        }
    }

    /**
     * @param atNanos when it was known
     * @param inFlight how many requests of this process were there before
     */
    private record Outcome(long atNanos, int inFlight, double latencyNanos, boolean failed) {}

    OutcomeHistory(Memory memory) {
        this.memory = memory;
    }

    /** How many outcomes there are. */
    int size() {
        return outcomes.size();
    }

    /** How many of them were answers. */
    int answers() {
        return outcomes.size() - failed;
    }

    int failures() {
        return failed;
    }

    /** The mean time until an answer, in nanoseconds; 0 without any. */
    double mean() {
        return mean;
    }

    /** The logarithm of the mean. */
    double logMean() {
        return logMean;
    }

    /** The standard deviation around the line, in nanoseconds; 0 with less than two answers. */
    double deviation() {
        return deviation;
    }

    /** When the latest outcome was known. */
    long latestNanos() {
        return outcomes.isEmpty() ? 0 : outcomes.getLast().atNanos;
    }

    /** How much later or earlier than the mean an answer comes with so many requests before it, as a factor above 0. */
    double factor(int inFlight) {
        if (mean <= 0) {
            return 1 + EXPECTED_SLOPE * inFlight;
        }
        double expected = mean + slope * (inFlight - meanInFlight);
        return StrictMath.max(expected, mean / 4) / mean;
    }

    /** Takes in how a request ended; the time of one that failed says nothing of answers. */
    void add(long nowNanos, int inFlight, double latencyNanos, boolean hasFailed) {
        if (!hasFailed) {
            watch(StrictMath.log(StrictMath.max(1, latencyNanos / factor(inFlight))));
        }
        outcomes.addLast(new Outcome(nowNanos, inFlight, latencyNanos, hasFailed));
        while (isTooMuch(nowNanos)) {
            outcomes.removeFirst();
        }
        fit();
    }

    /** Forgets what is older than the memory. */
    void forget(long nowNanos) {
        if (isTooMuch(nowNanos)) {
            while (isTooMuch(nowNanos)) {
                outcomes.removeFirst();
            }
            fit();
        }
    }

    private boolean isTooMuch(long nowNanos) {
        return outcomes.size() > 1
                && (outcomes.size() > memory.outcomes() || outcomes.getFirst().atNanos < nowNanos - memory.spanNanos());
    }

    private void watch(double log) {
        if (answers() < LEAST_BEFORE_CHANGE) {
            return;
        }
        double deviations = (log - meanLog) / StrictMath.max(logDeviation, LEAST_LOG_DEVIATION);
        boolean becameSlower = slower.isAlarmed(deviations);
        boolean becameFaster = faster.isAlarmed(-deviations);
        if (becameSlower || becameFaster) {
            // The present outcome is not among them yet.
            keepLatest((becameSlower ? slower.length : faster.length) - 1);
            slower.reset();
            faster.reset();
        }
    }

    private void keepLatest(int answers) {
        List<Outcome> kept = new ArrayList<>();
        Iterator<Outcome> latest = outcomes.descendingIterator();
        int left = answers;
        while (left > 0 && latest.hasNext()) {
            Outcome outcome = latest.next();
            kept.add(0, outcome);
            left -= outcome.failed ? 0 : 1;
        }
        outcomes.clear();
        outcomes.addAll(kept);
    }

    private void fit() {
        double latencies = 0;
        double queues = 0;
        failed = 0;
        for (Outcome outcome : outcomes) {
            if (outcome.failed) {
                failed++;
            } else {
                latencies += outcome.latencyNanos;
                queues += outcome.inFlight;
            }
        }
        int count = answers();
        if (count == 0) {
            mean = 0;
            deviation = 0;
            return;
        }
        mean = StrictMath.max(1, latencies / count);
        logMean = StrictMath.log(mean);
        meanInFlight = queues / count;
        fitSlope();
        fitSpread(count);
    }

    private void fitSlope() {
        double spread = 0;
        double together = 0;
        for (Outcome outcome : outcomes) {
            if (!outcome.failed) {
                double queue = outcome.inFlight - meanInFlight;
                spread += queue * queue;
                together += queue * (outcome.latencyNanos - mean);
            }
        }
        double expected = EXPECTED_SLOPE * mean;
        slope = StrictMath.max(0, (together + SLOPE_WEIGHT * expected) / (spread + SLOPE_WEIGHT));
    }

    private void fitSpread(int count) {
        double squares = 0;
        double logs = 0;
        double logSquares = 0;
        for (Outcome outcome : outcomes) {
            if (!outcome.failed) {
                double factor = factor(outcome.inFlight);
                double off = outcome.latencyNanos / factor - mean;
                double log = StrictMath.log(StrictMath.max(1, outcome.latencyNanos / factor));
                squares += off * off;
                logs += log;
                logSquares += log * log;
            }
        }
        meanLog = logs / count;
        logDeviation = StrictMath.sqrt(StrictMath.max(0, logSquares / count - meanLog * meanLog));
        deviation = count < 2 ? 0 : StrictMath.sqrt(squares / (count - 1));
    }
}
