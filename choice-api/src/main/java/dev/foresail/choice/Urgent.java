package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A message record that goes first where messages wait at a busy node: ahead of what waits and is not urgent, but never ahead of what its sender has sent
 * before over the same connection. A {@link Datagram} has no such order. A message that carries an urgent one of a layer above is urgent as well.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE})
public @interface Urgent {}
