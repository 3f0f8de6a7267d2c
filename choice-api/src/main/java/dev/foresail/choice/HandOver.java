package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How a message changes the aggregate of the node it is handed to: a static method that takes the aggregate's value and
 * a message, and returns the value as it will be once the message has had its effect. The runtime applies it to every
 * message sent to a neighbour that the neighbour's last export has not seen (the ledger rule, docs/architecture.md).
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface HandOver {
    /** The aggregate's name. */
    String value();
}
