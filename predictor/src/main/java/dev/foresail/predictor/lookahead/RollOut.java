package dev.foresail.predictor.lookahead;

/** What came of one roll-out. Immutable. */
public final class RollOut {
    private final double[] costs;
    private final int events;

    RollOut(double[] costs, int events) {
        this.costs = costs;
        this.events = events;
    }

    /** By the objective, lower is better: first violated safety properties and handlers that threw, then the objective's terms. */
    public double[] costs() {
        return costs.clone();
    }

    /** How many messages and timers had a handler run, the one that the roll-out begins with included. */
    public int events() {
        return events;
    }
}
