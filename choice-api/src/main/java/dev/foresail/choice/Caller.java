package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a parameter of type {@link String} that is a layer, by its protocol's short name. In a handler of a downcall it gets the layer that
 * calls; a parameter of an upcall in a {@link Service} so marked says to which layer the upcall goes.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PARAMETER})
public @interface Caller {}
