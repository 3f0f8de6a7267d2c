package dev.foresail.eval.recursiveroute;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.recursiveroute.RecursiveRoute.Hop;
import java.util.Optional;

/**
 * A message at a node on its way.
 *
 * @param upstream who has it as well, until this node has acknowledged it
 * @param next to whom it was sent last
 * @param ticks until the phase has taken too long
 * @param failures how often a next hop has failed here
 * @param isRefused whether it waits because somebody has no room
 */
public record Letter(
        Hop hop,
        Optional<NodeId> upstream,
        Phase phase,
        Optional<NodeId> next,
        int ticks,
        int failures,
        boolean isRefused) {
    public enum Phase {
        /** The overlay is asked where it goes. */
        ROUTED,
        /** The next hop has it and has not acknowledged it. */
        SENT,
        /** It waits until it is routed again. */
        HELD
    }

    static Letter of(Hop hop, Optional<NodeId> upstream) {
        return new Letter(hop, upstream, Phase.HELD, Optional.empty(), 0, 0, false);
    }

    Ticket ticket() {
        return hop.ticket();
    }

    Letter ticked() {
        return new Letter(hop.ticked(), upstream, phase, next, ticks - 1, failures, isRefused);
    }

    Letter routed(int within) {
        return new Letter(hop, upstream, Phase.ROUTED, next, within, failures, isRefused);
    }

    /** From now on it is this node's. */
    Letter sent(NodeId to, int within) {
        return new Letter(hop, Optional.empty(), Phase.SENT, Optional.of(to), within, failures, false);
    }

    /** The next hop has no room. */
    Letter refused(int pause) {
        return new Letter(hop, upstream, Phase.HELD, next, pause, failures, true);
    }

    /** There is no room in the line to the next hop, or no next hop: it stands in no line. */
    Letter held(int pause, boolean refused) {
        return new Letter(hop, upstream, Phase.HELD, Optional.empty(), pause, failures, refused);
    }

    Letter failed() {
        return new Letter(hop, upstream, phase, next, ticks, failures + 1, false);
    }

    /** Whether it stands in the line to a next hop. */
    boolean isFor(NodeId hopTo) {
        return phase != Phase.ROUTED && next.equals(Optional.of(hopTo));
    }

    /** Whether a next hop is the one that has just failed. */
    boolean hasFailedAt(NodeId hopTo) {
        return failures > 0 && !isRefused && next.equals(Optional.of(hopTo));
    }
}
