package dev.foresail.randtree;

import dev.foresail.choice.NodeId;
import java.util.Collection;
import java.util.Optional;

/** What properties and metrics read of a node, whichever form of RandTree it runs. Read-only. */
public interface RandTreeState {
    ControlState state();

    /** How many children the node takes. */
    int maxChildren();

    /** The root of the node's tree as far as it knows; while joining, what it takes for the root meanwhile. */
    NodeId root();

    /** Empty for a root and while joining. */
    Optional<NodeId> parent();

    Collection<NodeId> children();

    /** The other children of the parent as far as known: kept fresh below the root only. */
    Collection<NodeId> siblings();
}
