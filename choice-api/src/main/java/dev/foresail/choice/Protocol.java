package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A protocol: a class whose fields are a node's state and whose handlers react to events. The annotation processor
 * checks it and generates its machine, {@code <Class>Machine}, in the same package.
 *
 * <p>Final fields that a constructor parameter of the same name and type sets are configuration: shared, never copied.
 * Other final fields of immutable types are derived from it by the constructor. Every other field is state: copied,
 * encoded, shown; collections have a type that says their order, and sorted ones the natural order of their elements. State fields are not private, so that the machine reaches them.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE})
public @interface Protocol {
    /** The short name: lower-case letters, digits and hyphens; command line and YAML use it. */
    String value();

    /** The service, marked {@link Service}, that this protocol provides to layers above it; {@code void}: none. */
    Class<?> provides() default void.class;
}
