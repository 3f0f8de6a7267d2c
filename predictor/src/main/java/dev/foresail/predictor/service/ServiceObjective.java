package dev.foresail.predictor.service;

/** What is best for a request: the lower the cost of a forecast, the better. Stateless, thread-safe. */
@FunctionalInterface
public interface ServiceObjective {
    /** Without any other objective: a failure is as bad as a second. */
    double FAILURE_NANOS = 1e9;

    /** The mean time until the answer; a failure counts as a second. */
    ServiceObjective DEFAULT = forecast -> forecast.latencyNanos() + FAILURE_NANOS * forecast.failures();

    /** The cost of sending a request to where this is foreseen. NaN, or what is thrown, says that it cannot tell. */
    double cost(Forecast forecast);
}
