package dev.foresail.predictor.subset;

/** How much of a budget is left while a problem is solved: all phases draw from the same. Used by one thread. */
final class Effort {
    private final SubsetBudget budget;
    private final long deadlineNanos;
    private long spent;
    private boolean late;

    Effort(SubsetBudget budget) {
        this.budget = budget;
        long now = budget.clock().getAsLong();
        deadlineNanos = now > Long.MAX_VALUE - budget.nanos() ? Long.MAX_VALUE : now + budget.nanos();
    }

    /** Counts work that is done, and looks at the clock. */
    void spend(long steps) {
        spent += steps;
        late = late || budget.clock().getAsLong() >= deadlineNanos;
    }

    boolean isUsedUp() {
        return late || spent >= budget.steps();
    }

    /** The steps that are left, whatever the clock says. */
    long left() {
        return Math.max(0, budget.steps() - spent);
    }
}
