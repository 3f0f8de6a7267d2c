package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A figure that objectives name: a static method that returns a number and takes a {@link SystemView} and, after it,
 * any of {@link Known} parameters named like aggregates, whose values at the known nodes they are. Looking ahead, only
 * the neighbourhood is known, so a metric that shall guide choices reaches past it by aggregates.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface Metric {
    /** What the number is, for limits such as {@code p95(latency) < 50ms} in objectives; a plain number unless said. */
    Unit unit() default Unit.NONE;
}
