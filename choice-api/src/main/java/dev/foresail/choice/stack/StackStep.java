package dev.foresail.choice.stack;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.FrozenSender;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.Machine;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One event after the other in the layers that they reach, or a question to one: their handles, who has called whom, and what they have
 * handed over. Not thread-safe.
 */
final class StackStep {
    private static final int[] NO_CALLS = new int[0];
    private static final int FIRST_CALLS = 8;
    private static final int REMEMBERED = 8;

    /** Who handles the events of a step in which none is running. */
    static final Node NOBODY = new GuardNode(NodeId.of(0));

    /** No event is running. */
    static final StackStep NONE = question(new Wiring(List.of(), new int[0][]), NOBODY);

    private final Wiring wiring;
    private final UnaryOperator<Record> records;
    private final LayerNode[] nodes;
    private Node engine = NOBODY;
    /** The downcalls that have not returned: for each the layer that calls and the one that is called. */
    private int[] calls = NO_CALLS;

    private int depth;
    /** How many questions are being answered, one within the other. */
    private int questions;
    /** The last messages of layers that nobody can change any more, at places that are taken in turn. */
    private final Object[] frozen = new Object[REMEMBERED];

    private int frozenCount;

    /** @param records makes messages of the layers so that nobody can change them */
    StackStep(Wiring wiring, UnaryOperator<Record> records) {
        this.wiring = wiring;
        this.records = records;
        this.nodes = new LayerNode[wiring.size()];
    }

    /**
     * One in which nothing may change from its beginning to its end.
     *
     * @param asker who asks; {@link #NOBODY} outside of events
     */
    static StackStep question(Wiring wiring, Node asker) {
        StackStep question = new StackStep(wiring, UnaryOperator.identity());
        question.begin(asker);
        question.ask();
        return question;
    }

    /** Begins an event, whose handle is given. */
    void begin(Node node) {
        engine = node;
    }

    /** Forgets the event, as the next one finds nothing of it. */
    void end() {
        engine = NOBODY;
        depth = 0;
        questions = 0;
        Arrays.fill(frozen, 0, Math.min(frozenCount, REMEMBERED), null);
        frozenCount = 0;
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
        for (int at = Math.min(frozenCount, REMEMBERED) - 1; at >= 0; at--) {
            if (frozen[at] == message) {
                return true;
            }
        }
        return false;
    }

    void keepFrozen(Object message) {
        frozen[frozenCount % REMEMBERED] = message;
        frozenCount++;
    }

    /** Sends a message of the layer of that machine, which is asked itself: most stacks send by one layer. */
    void send(NodeId to, Object message, Machine<?> machine) {
        Node node = engine();
        if (node instanceof FrozenSender sender) {
            sender.sendFrozen(to, machine.freeze(message, records));
        } else {
            node.send(to, message);
        }
    }

    Wiring wiring() {
        return wiring;
    }

    /** What the layers' handles ask: the engine's handle, or while layers are only asked something, one that says who it is. */
    Node engine() {
        if (engine == NOBODY) {
            throw new ProtocolException(
                    "FS499",
                    "a property, metric, aggregate or the neighbours asked another layer something that needs Node; they may only"
                            + " ask what is answered from the state");
        }
        return isQuestion() ? new GuardNode(engine.self()) : engine;
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
