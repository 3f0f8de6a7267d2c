package dev.foresail.predictor.service;

import dev.foresail.predictor.objective.Objective.Formula;
import dev.foresail.predictor.objective.Objective.Wanted;

/** What is best for a request: the lower the cost of a forecast, the better. Stateless, thread-safe. */
@FunctionalInterface
public interface ServiceObjective {
    /** The cost of sending a request to where this is foreseen. NaN, or what is thrown, says that it cannot tell. */
    double cost(Forecast forecast);

    /**
     * An objective as operators write it, such as {@code p99(latency) + 1s * failures}.
     *
     * @throws dev.foresail.predictor.objective.language.ExpressionSyntaxException FS454 when it cannot be understood
     * @throws IllegalArgumentException FS455, FS456 or FS457 when it cannot be asked of a service
     */
    static ServiceObjective parse(Wanted wanted, String text) {
        return ServiceFormula.compile(Formula.parse(wanted, text));
    }
}
