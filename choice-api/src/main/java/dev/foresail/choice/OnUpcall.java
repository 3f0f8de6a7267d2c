package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes an upcall of a service that the protocol uses: the method has its name (or says it), its parameters and what it returns, and may also take
 * the {@link Node}. Where the upcall has a {@link Record}, the handler may have one of the protocol's own messages: then it takes those.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface OnUpcall {
    /** The call's name; empty: that of the method. So that several handlers of one call, told apart by guards, have names of their own. */
    String value() default "";

    /** Guards that must all hold, as in {@link OnMessage#when()}; of several handlers of a call exactly one must be enabled. */
    String[] when() default {};

    /** The service, needed only when several have an upcall of this name and these parameters. */
    Class<?> of() default void.class;
}
