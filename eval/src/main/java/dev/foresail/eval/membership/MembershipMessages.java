package dev.foresail.eval.membership;

import dev.foresail.choice.NodeId;
import java.util.SortedMap;

/** What nodes of a {@link RingMembership} tell each other. */
public final class MembershipMessages {
    private MembershipMessages() {}

    /** Are you there? */
    public record Probe() {}

    /** I am. */
    public record Alive() {}

    /** I have heard nothing of {@code suspect} for long, in this life of mine. Do you agree that its life is over? */
    public record Vote(NodeId suspect, long incarnation, long voterIncarnation) {}

    /** I do, in this life of mine. */
    public record Agreed(NodeId suspect, long incarnation, long voterIncarnation) {}

    /** To be handed on to the members from the receiver on that come before {@code end}. */
    public record News(NodeId subject, Standing standing, NodeId end) {}

    /** What I know comes to this number. */
    public record Summary(long digest) {}

    /**
     * Whom I know.
     *
     * @param isAnswered whether the receiver shall say what is not in it
     */
    public record View(SortedMap<NodeId, Standing> standings, boolean isAnswered) {}
}
