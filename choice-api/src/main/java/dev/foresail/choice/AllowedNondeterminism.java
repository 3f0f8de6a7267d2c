package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The check for determinism does not look into this method or class, nor into what only it calls: its author knows that
 * the result does not depend on it. The report lists it with the reason.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.TYPE})
public @interface AllowedNondeterminism {
    /** Why it does no harm. */
    String value();
}
