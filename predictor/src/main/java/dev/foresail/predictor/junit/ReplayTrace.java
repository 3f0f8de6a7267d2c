package dev.foresail.predictor.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that plays a saved run again, which {@link SimulationTest} or {@code foresail simulate} has saved when a property was violated. It
 * fails as long as the property is violated; once it is mended, the method runs, and may take the
 * {@link dev.foresail.predictor.simulate.Simulation} as a parameter:
 *
 * <pre>{@code
 * @ReplayTrace("src/test/resources/seats-seatsAreSoldOnce-1.simulation.jsonl")
 * void soldTwice() {}
 * }</pre>
 */
@Documented
@TestTemplate
@ExtendWith(ReplayTraceExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface ReplayTrace {
    /** The file; a relative path begins where the tests run, in Maven the project's directory. */
    String value();
}
