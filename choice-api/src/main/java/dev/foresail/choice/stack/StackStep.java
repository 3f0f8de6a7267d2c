package dev.foresail.choice.stack;

import dev.foresail.choice.Node;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.GuardNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One event in the layers that it reaches, or a question to one: their handles, who has called whom, and what they have handed over.
 * Not thread-safe.
 */
final class StackStep {
    private static final int[] NO_CALLS = new int[0];
    private static final int FIRST_CALLS = 8;
    private static final int REMEMBERED = 8;

    /** No event is running. */
    static final StackStep NONE = new StackStep(new Wiring(List.of(), new int[0][]), Optional.empty(), true);

    private final Wiring wiring;
    private final Optional<Node> engine;
    private final LayerNode[] nodes;
    /** The downcalls that have not returned: for each the layer that calls and the one that is called. */
    private int[] calls = NO_CALLS;

    private int depth;
    /** How many questions are being answered, one within the other. */
    private int questions;
    /** The last messages of layers that nobody can change any more, at places that are taken in turn. */
    private final Object[] frozen = new Object[REMEMBERED];

    private int frozenCount;

    /**
     * @param engine the handle of the running event or of who asks; empty for a question outside of any
     * @param isQuestion whether nothing may change from its beginning to its end
     */
    StackStep(Wiring wiring, Optional<Node> engine, boolean isQuestion) {
        this.wiring = wiring;
        this.engine = engine;
        this.nodes = new LayerNode[wiring.size()];
        this.questions = isQuestion ? 1 : 0;
    }

    /** Begins a question within the event. */
    void ask() {
        questions++;
    }

    void answered() {
        questions--;
    }

    /** Whether layers are only asked something, so that nothing may change. */
    boolean isQuestion() {
        return questions > 0;
    }

    /** Whether {@link #keepFrozen} was told of that very message lately. */
    boolean isFrozen(Object message) {
        for (Object each : frozen) {
            if (each == message) {
                return true;
            }
        }
        return false;
    }

    void keepFrozen(Object message) {
        frozen[frozenCount % REMEMBERED] = message;
        frozenCount++;
    }

    Wiring wiring() {
        return wiring;
    }

    /** What the layers' handles ask: the engine's handle, or while layers are only asked something, one that says who it is. */
    Node engine() {
        Node node = engine.orElseThrow(() -> new ProtocolException(
                "FS499",
                "a property, metric, aggregate or the neighbours asked another layer something that needs Node; they may only"
                        + " ask what is answered from the state"));
        return isQuestion() ? new GuardNode(node.self()) : node;
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
            calls = Arrays.copyOf(calls, Math.max(FIRST_CALLS, calls.length * 2));
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
