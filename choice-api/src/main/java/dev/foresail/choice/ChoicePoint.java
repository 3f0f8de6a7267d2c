package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter that the runtime chooses before the handler runs (docs/architecture.md, "An event's way"). Without
 * candidates the handler is not enabled.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PARAMETER})
public @interface ChoicePoint {
    /**
     * Where the candidates come from: a field, or a method that may take what a guard may take. A collection with a
     * deterministic order, or a sorted map, whose keys are the candidates. At most 64 bindings of all choice points of
     * a handler together.
     */
    String from();

    /** The fast policy, used when no prediction is known in time. */
    Fallback fallback() default Fallback.RANDOM;

    /**
     * How long the inbound channel may be parked for a prediction, such as {@code 5ms} or {@code 1s}; empty: never wait.
     */
    String await() default "";

    /** Whether a cached best alternative may be used more than once before it is predicted afresh. */
    boolean repeatable() default false;
}
