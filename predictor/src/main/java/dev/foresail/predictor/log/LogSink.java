package dev.foresail.predictor.log;

import dev.foresail.choice.NodeId;

/** Takes what is logged of a run, in order. Not thread-safe. */
public interface LogSink {
    /** A node has made something of an event. */
    void step(LoggedStep step);

    /**
     * Something else happened.
     *
     * @param node where, or from where
     * @param level at which it is told
     * @param text a sentence, the node included
     */
    void note(long atNanos, NodeId node, LogLevel level, String text);
}
