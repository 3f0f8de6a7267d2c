package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The handler of a suspicion: the failure detector has not heard of a peer for longer than can be put down to chance.
 * Parameters: the peer's {@link NodeId}, choices marked {@link ChoicePoint}, and the {@link Node}. The peer may be dead,
 * stopped or cut off, and may come back; no message to it counts as lost for that, which is what {@link OnConnectionError} is
 * for. A peer is suspected once per silence. Without an enabled handler the event is dropped; a protocol without such a handler
 * is told nothing.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface OnSuspicion {
    /** Guards that must all hold, as in {@link OnMessage#when()}; they may take the peer marked {@link From}. */
    String[] when() default {};

    /** The name of the choice among handlers that may apply at once; empty for none. */
    String choice() default "";
}
