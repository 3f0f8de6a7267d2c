package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A property that must hold in every state: a static method that returns boolean and takes the protocol's state, or
 * the state and the {@link NodeId} of its node, or a {@link SystemView} of the states, or a {@link Multiset} (or several) of what
 * {@link Each} node contributes.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface Safety {}
