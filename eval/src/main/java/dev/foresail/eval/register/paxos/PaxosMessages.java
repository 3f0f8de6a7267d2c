package dev.foresail.eval.register.paxos;

import dev.foresail.choice.NodeId;
import java.util.Optional;

/** What the servers tell each other. */
public final class PaxosMessages {
    private PaxosMessages() {}

    /** The write that {@code client} has asked for with the request {@code id}. */
    public record Proposal(int id, NodeId client, String value) {}

    /** A proposal accepted in a ballot. */
    public record Vote(Ballot ballot, Proposal proposal) {}

    /** The ballot's server asks for promises (1a). */
    public record Prepare(Ballot ballot) {}

    /** The sender takes part in no smaller ballot any more; {@code last} is its vote so far (1b). */
    public record Prepared(Ballot ballot, Optional<Vote> last) {}

    /** The ballot's server asks for votes (2a). */
    public record Accept(Vote vote) {}

    /** The sender has voted in the ballot (2b). */
    public record Accepted(Ballot ballot) {}

    /** A majority has voted so. */
    public record Decided(Vote vote) {}
}
