package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what a node may be like of which nothing is known but aggregates, so that look-ahead reaches past the neighbourhood: a method without
 * result that sets the fields of a new state, and may arm timers and send messages. It takes, each at most once, the {@link NodeId} of the node
 * whose message is the first that comes here, marked {@link From}, {@link Known} parameters named like aggregates, and {@link Node}.
 *
 * <p>It is called in roll-outs only, once in each for each such node, when that node is first sent something. What is not known is to be drawn by
 * {@link Node#random}: so outcomes come to differ between futures as much as ignorance says. The values known are those of the nodes in sight, of neighbours of the node that decides what
 * they have told since their checkpoints, and this node's own where one of these was told it, with what is on the way. Without such a method, such nodes take what they are sent and
 * answer nothing; so do neighbours of the node that decides whose checkpoint is missing. It sees neither the first message nor what part the node plays:
 * where one may be first sent something that it is not made for, its handlers must bear that. An exception here or in a handler of such a node makes that
 * node silent in that future (FS561) and speaks against no alternative. At most one per protocol; layers of a stack have none.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface Generic {}
