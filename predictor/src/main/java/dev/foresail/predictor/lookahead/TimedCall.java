package dev.foresail.predictor.lookahead;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;

/**
 * Something that an application asks of a node in a roll-out.
 *
 * @param atNanos from the choice on, at least 0
 */
public record TimedCall(long atNanos, NodeId node, Event.Call call) {}
