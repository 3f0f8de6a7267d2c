package dev.foresail.choice.sample.layers;

import dev.foresail.choice.Default;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.Protocol;

/** Hands messages round a ring of the nodes 1 to n. */
@Protocol(value = "ring", provides = KeyRouting.class)
public final class RingRouting extends KeyRouter {
    RingRouting(@Default("3") int nodes) {
        super(nodes);
    }

    @Override
    NodeId hopTo(NodeId target, Node node) {
        return next(node);
    }
}
