package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An interface between layers of one node: what the layers above may ask of the one that provides it (its methods, the
 * <em>downcalls</em>), and what it tells them (the methods of its nested interface {@code Upcalls}, when it has one). Calls
 * are plain method calls within one atomic step; they may return values.
 *
 * <pre>{@code
 * @Service
 * public interface KeyRouting {
 *     void route(long key, Record message);
 *
 *     interface Upcalls {
 *         void deliver(long key, Record message);
 *     }
 * }
 * }</pre>
 *
 * <p>A parameter of type {@link Record} is a message of some layer of the node. Collections that are passed are copied, so
 * that layers share nothing that can change; they are of types that messages may have.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE})
public @interface Service {}
