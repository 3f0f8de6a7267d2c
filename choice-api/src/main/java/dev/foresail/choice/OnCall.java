package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A handler of what the application asks this node to do; the call's name is the method's. The parameters are the
 * call's arguments (types that have an encoding), choices marked {@link ChoicePoint}, and the {@link Node}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface OnCall {
    /** Guards that must all hold, as in {@link OnMessage#when()}; a call without an enabled handler is refused. */
    String[] when() default {};

    /** The name of the choice among handlers that may apply at once; empty for none. */
    String choice() default "";
}
