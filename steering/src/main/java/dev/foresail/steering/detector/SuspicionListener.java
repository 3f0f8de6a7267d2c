package dev.foresail.steering.detector;

import dev.foresail.choice.NodeId;
import java.util.SortedSet;

/** Is told what a failure detector finds, on the detector's thread. */
public interface SuspicionListener {
    /** A peer has been silent for too long; told once per silence, after {@link #changed}. */
    void suspected(NodeId peer);

    /** Who is suspected now. */
    void changed(SortedSet<NodeId> suspected);
}
