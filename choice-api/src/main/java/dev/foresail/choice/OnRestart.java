package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The handler of a start after a crash, with the {@link Durable} fields as they were and all others as constructed.
 * Parameters: the {@link Node}. At most one; without it, {@link OnStart} runs.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface OnRestart {}
