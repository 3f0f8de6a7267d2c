package dev.foresail.choice.stack;

import dev.foresail.choice.Node;
import dev.foresail.choice.ProtocolException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One event in the layers that it reaches, or a question to one: their handles, and who has called whom. Not thread-safe. */
final class Step {
    /** No event is running. */
    static final Step NONE = new Step(new Wiring(List.of(), new int[0][]), Optional.empty());

    private final Wiring wiring;
    private final Optional<Node> engine;
    private final LayerNode[] nodes;
    /** The downcalls that have not returned: for each the layer that calls and the one that is called. */
    private int[] calls = new int[8];

    private int depth;

    /** @param engine the handle of the running event; empty for a question outside of any */
    Step(Wiring wiring, Optional<Node> engine) {
        this.wiring = wiring;
        this.engine = engine;
        this.nodes = new LayerNode[wiring.size()];
    }

    Wiring wiring() {
        return wiring;
    }

    Node engine() {
        return engine.orElseThrow(() -> new ProtocolException(
                "FS499",
                "a property, metric, aggregate or the neighbours asked another layer something that needs Node; they may only"
                        + " ask what is answered from the state"));
    }

    LayerNode node(int layer) {
        LayerNode node = nodes[layer];
        if (node == null) {
            node = new LayerNode(this, wiring.machine(layer), layer);
            nodes[layer] = node;
        }
        return node;
    }

    void enter(int caller, int called) {
        if (depth + 2 > calls.length) {
            calls = Arrays.copyOf(calls, calls.length * 2);
        }
        calls[depth] = caller;
        calls[depth + 1] = called;
        depth += 2;
    }

    void leave() {
        depth -= 2;
    }

    /** The layer that has called {@code called} last of those whose calls have not returned; -1 for none. */
    int callerOf(int called) {
        for (int at = depth - 2; at >= 0; at -= 2) {
            if (calls[at + 1] == called) {
                return calls[at];
            }
        }
        return -1;
    }
}
