package dev.foresail.predictor.subset;

import java.util.function.LongSupplier;

/**
 * How long to look for what is best. Where decisions must not depend on the machine, the steps limit it alone.
 *
 * @param steps of all phases together, at least 0, each a look at one candidate or so: a million take some milliseconds. Beyond, one order
 *     of the candidates is tried whatever the budget
 * @param nanos at most so long by the clock
 * @param clock nanoseconds from any origin
 */
public record SubsetBudget(long steps, long nanos, LongSupplier clock) {
    /** Twenty million steps, whatever time they take. */
    public static final SubsetBudget DEFAULT = ofSteps(20_000_000);

    /** Whatever time they take. */
    public static SubsetBudget ofSteps(long steps) {
        return new SubsetBudget(steps, Long.MAX_VALUE, () -> 0);
    }
}
