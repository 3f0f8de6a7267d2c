package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a handler to control states: it applies only while the field marked {@link ControlState} has one of them, as if a
 * guard said so. Further guards of the handler must hold as well.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface In {
    /** Names of constants of the control state's {@code enum}, at least one. */
    String[] value();
}
