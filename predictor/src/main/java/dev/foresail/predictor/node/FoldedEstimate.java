package dev.foresail.predictor.node;

import java.util.Optional;

/**
 * The estimate of one aggregate of a peer, kept so that only what was sent since has to be added: a busy channel's log is
 * long, and a decision on an event's critical path asks for every candidate's estimates.
 *
 * @param export the export that it starts from; another export makes it useless
 * @param upTo the last message that it has in it
 * @param value the estimate
 */
record FoldedEstimate(Exported export, long upTo, Object value) {
    /** Whether it is one of this very export: comparing all values would cost more than it saves. */
    @SuppressWarnings("ReferenceEquality")
    static boolean isUsable(Optional<FoldedEstimate> folded, Exported export) {
        return folded.isPresent() && folded.get().export == export;
    }
}
