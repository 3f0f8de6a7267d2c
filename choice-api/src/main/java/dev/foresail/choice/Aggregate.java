package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a node exports about itself and the nodes behind it, kept fresh by the runtime: a static method that takes the
 * state and the values known of neighbours ({@link Known}; the parameter is named like the field or method that says
 * which neighbours), and returns an immutable value that has an encoding.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface Aggregate {}
