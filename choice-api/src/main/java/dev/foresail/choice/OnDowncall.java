package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Answers a method of the service that the protocol provides: the method has its name (or says it), its parameters and what it returns. It may
 * also take the {@link Node}, and the calling layer marked {@link Caller}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface OnDowncall {
    /** The call's name; empty: that of the method. So that several handlers of one call, told apart by guards, have names of their own. */
    String value() default "";

    /** Guards that must all hold, as in {@link OnMessage#when()}; of several handlers of a call exactly one must be enabled. */
    String[] when() default {};
}
