package dev.foresail.predictor.service;

import java.util.List;

/**
 * Foresees what a request would meet at each candidate. Stateless.
 *
 * <p>Idea: of few answers the mean is mostly luck, and to follow it sends everything to whoever was lucky last. So each
 * candidate's mean is drawn to that of all the more, the less its own answers say and the less candidates differ at all
 * (empirical Bayes; DerSimonian and Laird, "Meta-analysis in clinical trials", 1986, in logarithms). A candidate that nobody asked
 * yet is taken to be like the others. Then comes what is known of this moment: the requests that are there already, and how
 * long the oldest has been waiting; what has waited for long is taken to go on for as long again. Weakness: candidates are one
 * group; two kinds, each alike, are drawn to a middle where there is nobody, until enough answers have come.
 */
final class Forecaster {
    /** What requests take at a service of which nothing is known: it orders nothing, as it is the same for all. */
    private static final double UNKNOWN_NANOS = 10e6;

    private static final double EXPECTED_VARIATION = 0.5;
    /** How many answers the expected variation is as good as. */
    private static final double VARIATION_WEIGHT = 4;

    private static final double FAILURE_WEIGHT = 2;
    /** The 95th percentile of a normal variable: who waits for longer waits for too long. */
    private static final double Z_95 = 1.6448536269514722;

    private Forecaster() {}

    /** What all candidates have in common. */
    private record Pool(double meanLog, double varianceBetween, double squaredVariation, double failures) {}

    /** In the order of the candidates, which are at least one. */
    static Forecast[] forecasts(List<Candidate> candidates, long nowNanos) {
        Pool pool = pool(candidates);
        Forecast[] forecasts = new Forecast[candidates.size()];
        for (int index = 0; index < forecasts.length; index++) {
            forecasts[index] = forecast(candidates.get(index), pool, nowNanos);
        }
        return forecasts;
    }

    private static Pool pool(List<Candidate> candidates) {
        double squares = VARIATION_WEIGHT * EXPECTED_VARIATION * EXPECTED_VARIATION;
        double degrees = VARIATION_WEIGHT;
        double failures = 0;
        double outcomes = FAILURE_WEIGHT;
        for (Candidate candidate : candidates) {
            OutcomeHistory history = candidate.history;
            if (history.answers() > 1) {
                double variation = history.deviation() / history.mean();
                squares += (history.answers() - 1) * variation * variation;
                degrees += history.answers() - 1;
            }
            failures += history.failures();
            outcomes += history.size();
        }
        double squaredVariation = squares / degrees;
        return between(candidates, squaredVariation, failures / outcomes);
    }

    private static Pool between(List<Candidate> candidates, double squaredVariation, double failures) {
        double weights = 0;
        double squaredWeights = 0;
        double sum = 0;
        int known = 0;
        for (Candidate candidate : candidates) {
            if (candidate.history.answers() > 0) {
                double weight = candidate.history.answers() / squaredVariation;
                weights += weight;
                squaredWeights += weight * weight;
                sum += weight * candidate.history.logMean();
                known++;
            }
        }
        if (known == 0) {
            return new Pool(StrictMath.log(UNKNOWN_NANOS), 0, squaredVariation, failures);
        }
        double meanLog = sum / weights;
        double apart = 0;
        for (Candidate candidate : candidates) {
            if (candidate.history.answers() > 0) {
                double difference = candidate.history.logMean() - meanLog;
                apart += candidate.history.answers() / squaredVariation * difference * difference;
            }
        }
        double scale = weights - squaredWeights / weights;
        double variance = known < 2 ? 0 : StrictMath.max(0, (apart - (known - 1)) / scale);
        return new Pool(meanLog, variance, squaredVariation, failures);
    }

    private static Forecast forecast(Candidate candidate, Pool pool, long nowNanos) {
        OutcomeHistory history = candidate.history;
        int answers = history.answers();
        double mean = StrictMath.exp(pool.meanLog);
        if (answers > 0 && pool.varianceBetween > 0) {
            double ownShare = pool.varianceBetween / (pool.varianceBetween + pool.squaredVariation / answers);
            mean = StrictMath.exp(pool.meanLog + ownShare * (history.logMean() - pool.meanLog));
        }
        double variation = StrictMath.sqrt(pool.squaredVariation);
        double latency = mean * history.factor(candidate.inFlight());
        double failures = (history.failures() + FAILURE_WEIGHT * pool.failures) / (history.size() + FAILURE_WEIGHT);
        long age = history.size() == 0 ? Long.MAX_VALUE : nowNanos - history.latestNanos();
        Forecast expected = new Forecast(latency, variation, failures, history.size(), age, candidate.inFlight());
        double waiting = candidate.oldestWaitNanos(nowNanos);
        return waiting > expected.latencyNanosAt(Z_95)
                ? new Forecast(
                        StrictMath.max(latency, waiting),
                        variation,
                        failures,
                        history.size(),
                        age,
                        candidate.inFlight())
                : expected;
    }
}
