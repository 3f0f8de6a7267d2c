package dev.foresail.eval.layercost;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.stack.StackMachine;
import dev.foresail.eval.experiment.Nowhere;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.node.NodeObserver;
import dev.foresail.predictor.node.NodeRuntime;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.node.Steering;
import dev.foresail.predictor.resolve.PredictionExecutor;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.resolve.Resolvers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node that answers the messages of a peer that is not there. Not thread-safe.
 *
 * @param <S> its state
 */
final class AnsweringNode<S> {
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId PEER = NodeId.of(2);

    private final Nowhere nowhere = new Nowhere();
    private final NodeRuntime<S> node;
    private final Record message;
    private long sequence;

    /** @param message what the peer sends, again and again */
    private AnsweringNode(Machine<S> machine, Record message) {
        this.message = message;
        this.node = new NodeRuntime<>(
                machine,
                SELF,
                machine.create(List.of()),
                new NodeRuntime.NodeParts<>(
                        nowhere,
                        NodeSettings.DEFAULT,
                        Resolvers.create(
                                ResolverSettings.policy(ResolverSettings.Kind.FIRST),
                                machine,
                                new Resolvers.Surroundings((from, to, random) -> 0, PredictionExecutor.AT_ONCE),
                                () -> 0,
                                1),
                        Steering.none(),
                        NodeObserver.NONE),
                bound -> 0);
        node.start();
    }

    /** @param layers 1 or 4 */
    static AnsweringNode<?> ofLayers(int layers) {
        return switch (layers) {
            case 1 -> new AnsweringNode<>(new UndividedMachine(), new Undivided.Letter(1, 1, 1, 1));
            case 4 ->
                new AnsweringNode<>(
                        StackMachine.of(List.of(
                                new DialogueMachine(),
                                new NumberedSessionsMachine(),
                                new CountedHopsMachine(),
                                new FramesMachine())),
                        new Frames.Frame(
                                1, new CountedHops.Hop(1, new NumberedSessions.Said(1, new Dialogue.Line(1)))));
            default -> throw new IllegalArgumentException("there is no node of " + layers + " layers");
        };
    }

    /**
     * Handles the peer's next message.
     *
     * @return the node's last message
     */
    @Nullable
    Envelope receive() {
        sequence++;
        node.receive(PEER, new Envelope.Payload(sequence, 0, message));
        return nowhere.last();
    }

    /** How many messages the node has sent. */
    long sent() {
        return nowhere.sent();
    }
}
