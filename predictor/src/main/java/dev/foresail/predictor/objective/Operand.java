package dev.foresail.predictor.objective;

import dev.foresail.predictor.objective.language.Dimension;

/**
 * A compiled part of an expression.
 *
 * @param compiled of the slots of one roll-out, or of the folds over all where the level is {@link Level#FOLDED}
 */
record Operand(Dimension dimension, Level level, Compiled compiled) {
    /** What a value depends on. */
    enum Level {
        /** On nothing. */
        CONSTANT,
        /** On the roll-out. */
        FUTURE,
        /** As {@link #FUTURE}, and the mean over all roll-outs is meant: sums of means are means of sums. */
        MEAN,
        /** On all roll-outs together. */
        FOLDED
    }

    static Operand constant(Dimension dimension, double value) {
        return new Operand(dimension, Level.CONSTANT, values -> value);
    }

    static Operand future(Dimension dimension, Compiled compiled) {
        return new Operand(dimension, Level.FUTURE, compiled);
    }

    boolean isConstant() {
        return level == Level.CONSTANT;
    }

    Operand negated() {
        Compiled positive = compiled;
        return new Operand(dimension, level, values -> -positive.of(values));
    }
}
