package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field that is no state, but the service of a layer below: its type is an interface marked {@link Service}, and
 * each of its methods is a call of the layer that provides it. The runtime sets the field.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD})
public @interface Uses {
    /** The upcalls of the service, without values, that this protocol does not care for. */
    String[] ignored() default {};
}
