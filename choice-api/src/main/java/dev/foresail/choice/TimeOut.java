package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what says how long the protocol waits for something until it does something about it: a field of the configuration or a method without
 * parameters, of type {@link java.time.Duration} (FS532). The time-outs of all layers of a node are shown in one place, and one that is shorter than those of
 * the layers below, which may still be at it, is reported (FS533).
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface TimeOut {
    /** What is waited for, such as "an answer". */
    String value();

    /** Whether it needs nothing of the layers below, as a pause between two tries does: it is shown, and compared with nothing. */
    boolean local() default false;
}
