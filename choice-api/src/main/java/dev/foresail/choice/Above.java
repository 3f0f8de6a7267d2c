package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field that is no state, but whoever uses the service that this protocol provides: its type is the service's
 * {@code Upcalls}. The runtime sets the field.
 *
 * <p>An upcall with a {@link Caller} goes to that layer; one with a message to the layer whose message it is; else it goes to the layer whose
 * downcall led to it, and without one to all layers that use the service. Nobody above: nothing happens, which a stack notes.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD})
public @interface Above {}
