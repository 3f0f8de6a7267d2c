package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the field that says in which control state the node is, such as joining or joined: of an {@code enum} type, with a
 * value from the beginning, changed by handlers like any other field. A protocol has at most one. Handlers are bound to
 * control states by {@link In} (Mace, PLDI'07, section 3.1: states and guarded transitions).
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD})
public @interface ControlState {}
