package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A handler of a timer that has fired. Parameters: choices marked {@link ChoicePoint} and the {@link Node}. A timer
 * without an enabled handler is dropped.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface OnTimer {
    /** The timer's name, as given to {@link Node#setTimer}. */
    String value();

    /** Guards that must all hold, as in {@link OnMessage#when()}. */
    String[] when() default {};

    /** The name of the choice among handlers that may apply at once; empty for none. */
    String choice() default "";
}
