package dev.foresail.predictor.service;

/**
 * What a request would meet at a candidate if it were sent there now.
 *
 * @param latencyNanos the mean time until the answer, queueing behind this process's own requests included; above 0
 * @param variation the standard deviation of that time, as a share of the mean; at least 0
 * @param failures the share of requests that fail, in [0, 1]
 * @param outcomes how many outcomes this rests on; 0 when the candidate has never answered and others' were taken
 * @param evidenceAgeNanos how old the latest of them is; {@link Long#MAX_VALUE} without any
 * @param inFlight how many requests of this process the candidate has not answered
 */
public record Forecast(
        double latencyNanos, double variation, double failures, int outcomes, long evidenceAgeNanos, int inFlight) {
    /** Half of what is between the 10th and the 90th percentile of a normal variable, in standard deviations. */
    private static final double Z_90 = 1.2815515655446004;

    /**
     * A percentile of the time until the answer, which is taken to be log-normal: times are above 0, and their tails are long.
     *
     * @param z of the percentile in standard deviations of a normal variable, such as 2.326 for the 99th
     */
    public double latencyNanosAt(double z) {
        double variance = StrictMath.log1p(variation * variation);
        return latencyNanos * StrictMath.exp(z * StrictMath.sqrt(variance) - variance / 2);
    }

    /** Whether a time is within the interval that is to hold 80 % of all. */
    boolean expects(double nanos) {
        return nanos >= latencyNanosAt(-Z_90) && nanos <= latencyNanosAt(Z_90);
    }
}
