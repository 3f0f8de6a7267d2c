package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A property that must come to hold again and again once failures cease: a static method as for {@link Safety}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface Liveness {
    /** Within what time, such as {@code 30s}; empty: eventually. */
    String within() default "";
}
