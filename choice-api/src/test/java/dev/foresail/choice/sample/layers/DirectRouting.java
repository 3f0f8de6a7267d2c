package dev.foresail.choice.sample.layers;

import dev.foresail.choice.Default;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.Protocol;

/** Sends messages where they belong, as every node is known. */
@Protocol(value = "direct", provides = KeyRouting.class)
public final class DirectRouting extends KeyRouter {
    DirectRouting(@Default("3") int nodes) {
        super(nodes);
    }

    @Override
    NodeId hopTo(NodeId target, Node node) {
        return target;
    }
}
