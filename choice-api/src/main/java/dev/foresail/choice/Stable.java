package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A state field that only grows, or never changes once it is set, such as votes or a decision: what it says of the
 * node's history stays true for ever, across crashes and even when the protocol itself forgets it. Runtimes tell each other
 * such facts ahead of anything else, so that whoever hears from a node knows what that node knew.
 *
 * <p>A sorted or linked set or map, a {@code List} that is only appended to, or an {@code Optional} that is set once; its
 * elements, keys and values are immutable.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD})
public @interface Stable {}
