package dev.foresail.predictor.foresight;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.trace.Trace;
import java.util.Optional;

/**
 * A path that leads, or is said to lead, to a violation. Immutable.
 *
 * @param advisor who has told of it first; nobody where the node has found it itself
 * @param isConfirmed whether the node has gone along it itself, and met the violation; when not, nothing of it is believed
 */
public record BadPath(Trace trace, Optional<NodeId> advisor, boolean isConfirmed) {
    /** One that the node has met itself. */
    public static BadPath met(Trace trace) {
        return new BadPath(trace, Optional.empty(), true);
    }

    /** One that a peer tells of. */
    public static BadPath hint(Trace trace, NodeId advisor) {
        return new BadPath(trace, Optional.of(advisor), false);
    }

    /** One that a peer has told of, and that the node has met then. */
    public static BadPath confirmed(Trace trace, NodeId advisor) {
        return new BadPath(trace, Optional.of(advisor), true);
    }
}
