package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A detector: watches other nodes by probes, and runs when one of them has given no sign of life for too long (Mace, PLDI'07, section 3.3: distributed detection aspects). Parameters: the silent
 * node's {@link NodeId} and the {@link Node}. Timer, probes and, unless the protocol sends its own, their answers are generated, and events like all others.
 *
 * <p>In each period every watched node is sent a probe. One that has not answered as many in a row as fit into {@link #within}, rounded up, is told of at the next period's end; it is watched anew
 * if it is still among the nodes. So silence is noticed {@link #within} to {@link #within} plus two periods after the last sign, and without a clock: a search that takes events in any order meets it too.
 *
 * <p>The detector keeps what it counts in a field of the protocol, so it is part of every copy, checkpoint and digest. Nodes that are watched no longer are forgotten at the end of the step, before handlers
 * of changes ({@link OnChange}) look; the timer is armed while any is.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface OnSilence {
    /** The field or method without parameters that says which nodes: a {@link NodeId}, an {@code Optional} or collection of them, or a map, whose keys are meant. The node itself is left out. */
    String of();

    /**
     * The field that the detector keeps, of this detector only: a final {@code SortedMap<NodeId, Integer>} with the number of unanswered probes of each node that
     * has any. The protocol may read it, but not change it.
     */
    String counts();

    /** From one probe to the next, above 0: a duration such as {@code 1s}, or the name of a field of the configuration. */
    String every();

    /** How long a node may be silent: a duration of at least {@link #every}, or the name of a field of the configuration. */
    String within();

    /**
     * The method without parameters that says what is sent: one of the protocol's messages, made once for all nodes of a period. Empty: a ping, which every node with this
     * protocol answers.
     */
    String send() default "";

    /** The protocol's messages that are signs of life. None: all that the protocol handles. */
    Class<? extends Record>[] answers() default {};

    /** Guards that must all hold, or nobody is watched, as in {@link OnMessage#when()}; they may take {@link Node}, of which they may ask {@link Node#self} only. */
    String[] when() default {};
}
