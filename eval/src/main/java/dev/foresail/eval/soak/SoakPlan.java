package dev.foresail.eval.soak;

import java.time.Duration;

/**
 * How long what is done to how many nodes.
 *
 * @param nodes at least 3
 * @param joinInterval between the starts of two nodes
 * @param faulty how long there are faults
 * @param faultInterval between two faults
 * @param trafficInterval between two calls of the application
 * @param sampleInterval between two samples of the heap
 * @param settle how long nobody looks whether the system has healed when there are no faults any more
 * @param patience how long the system may take to heal when there are no faults any more
 * @param answerWithin how long a node may take to answer a call then
 * @param seed of faults, links and nodes
 */
record SoakPlan(
        int nodes,
        Duration joinInterval,
        Duration faulty,
        Duration faultInterval,
        Duration trafficInterval,
        Duration sampleInterval,
        Duration settle,
        Duration patience,
        Duration answerWithin,
        long seed) {
    static SoakPlan of(int nodes, Duration faulty, long seed) {
        return new SoakPlan(
                nodes,
                Duration.ofMillis(50),
                faulty,
                Duration.ofMillis(1_000),
                Duration.ofMillis(100),
                Duration.ofMillis(1_500),
                Faults.longest(),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                seed);
    }

    /** The same, but nobody waits for the system to heal. */
    SoakPlan withoutHealing() {
        return new SoakPlan(
                nodes,
                joinInterval,
                faulty,
                faultInterval,
                trafficInterval,
                sampleInterval,
                Duration.ZERO,
                Duration.ZERO,
                answerWithin,
                seed);
    }

    SoakPlan withFaultsEvery(Duration interval) {
        return new SoakPlan(
                nodes,
                joinInterval,
                faulty,
                interval,
                trafficInterval,
                sampleInterval,
                settle,
                patience,
                answerWithin,
                seed);
    }

    /** From the beginning until there are faults. */
    Duration warmUp() {
        return joinInterval.multipliedBy(nodes).plusSeconds(2);
    }

    Duration calmFrom() {
        return warmUp().plus(faulty);
    }

    /** More than a run takes. */
    Duration limit() {
        return calmFrom().plus(patience).plus(answerWithin.multipliedBy(4)).plusMinutes(1);
    }
}
