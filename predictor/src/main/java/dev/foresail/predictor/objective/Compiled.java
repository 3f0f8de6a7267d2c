package dev.foresail.predictor.objective;

/** A part of a goal, compiled: a function of the numbers of one roll-out, or of what roll-outs come to. Pure. */
@FunctionalInterface
interface Compiled {
    double of(double[] values);
}
