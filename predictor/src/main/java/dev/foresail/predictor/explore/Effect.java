package dev.foresail.predictor.explore;

import java.util.List;

/**
 * What a move at one node does to the pending things of another. Interned, so that it can be looked up by identity.
 *
 * @param receiver the slot that it concerns
 * @param from the slot at which the move is
 * @param messages that arrive, in the order of sending
 */
record Effect(int id, Kind kind, int receiver, int from, List<Message> messages) {
    /** The kinds of effects. */
    enum Kind {
        ARRIVAL,
        /** The peer has ended or begun anew: what it sent is gone, and connections to it break. */
        PEER_GONE,
        /** The peer is down and refuses what was sent to it. */
        REFUSED,
        /** The connection breaks at both ends. */
        BREAK
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return id;
    }
}
