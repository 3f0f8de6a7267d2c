package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The handler of a broken connection. Parameters: the peer's {@link NodeId}, choices marked {@link ChoicePoint}, and the
 * {@link Node}. Messages sent to the peer and not yet received may be lost. Without an enabled handler the event is
 * dropped.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface OnConnectionError {
    /** Guards that must all hold, as in {@link OnMessage#when()}; they may take the peer marked {@link From}. */
    String[] when() default {};

    /** The name of the choice among handlers that may apply at once; empty for none. */
    String choice() default "";
}
