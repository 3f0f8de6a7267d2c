package dev.foresail.eval.epidemic;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;

/**
 * What nodes tell each other in an exchange, after the balanced exchange of BAR Gossip (Li et al., OSDI 2006): each side tells its
 * history, and what the other lacks is handed over. There is one update, so a history is one bit and the update
 * travels with the history of the side that has it. Left out: signatures, keys, and that as much is to come back as is given,
 * which one update cannot do.
 */
public final class EpidemicMessages {
    private EpidemicMessages() {}

    /**
     * Opens an exchange: the history of the side that has chosen the other.
     *
     * @param heard whether it has the update
     * @param round of that side, from 1 on; 0 where nobody checks who chooses whom
     * @param ticket what that side has drawn in the round
     */
    public record Offer(boolean heard, int round, long ticket) {
        /** From a side that may choose whom it likes. */
        static Offer toAnybody(boolean heard) {
            return new Offer(heard, 0, 0);
        }

        /** From a side that has drawn its partner. */
        static Offer drawn(boolean heard, NodeId from, int round) {
            return new Offer(heard, round, Tickets.of(from, round));
        }

        /** Whether the draw is that of the round. */
        boolean isDrawnBy(NodeId from) {
            return ticket == Tickets.of(from, round);
        }
    }

    /**
     * The history of the side that was chosen.
     *
     * @param heard whether it has the update, which comes along where the other lacks it
     */
    public record Answer(boolean heard) {}

    /** The update, for a side that was chosen and lacks it. */
    public record Update() {}

    /** Answers an offer. */
    static void answer(NodeId from, boolean heard, Node node) {
        node.send(from, new Answer(heard));
    }

    /** Goes on with an exchange that was answered; returns whether the update is here now. */
    static boolean settle(NodeId from, boolean heard, Answer answer, Node node) {
        if (heard && !answer.heard()) {
            node.send(from, new Update());
        }
        return heard || answer.heard();
    }
}
