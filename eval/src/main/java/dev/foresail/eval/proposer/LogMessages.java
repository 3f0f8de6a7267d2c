package dev.foresail.eval.proposer;

import dev.foresail.choice.NodeId;

/** What the replicas of a log tell each other, and what is in the log. */
public final class LogMessages {
    private LogMessages() {}

    /**
     * What a client wants to be executed.
     *
     * @param origin the replica that was asked
     * @param number the first of the replica's is 1
     * @param operation the client's
     */
    public record Command(NodeId origin, long number, long operation) {}

    /** What is known of a slot of the log. */
    public record Entry(Command command, boolean chosen) {
        Entry nowChosen() {
            return new Entry(command, true);
        }
    }

    /** Propose this. */
    public record Forward(Command command) {}

    /**
     * The slot's only proposer proposes (phase 2a).
     *
     * @param free below it the sender proposes nothing more in its own slots; 0 where slots have no owners
     */
    public record Accept(long slot, Command command, long free) {}

    /** The sender has accepted what was proposed for the slot (phase 2b); {@code free} as in {@link Accept}. */
    public record Accepted(long slot, long free) {}

    /** A majority has accepted it; {@code free} as in {@link Accept}. */
    public record Chosen(long slot, long free) {}

    /** From this slot on the receiver proposes, and the sender nothing any more. */
    public record HandOver(long slot) {}
}
