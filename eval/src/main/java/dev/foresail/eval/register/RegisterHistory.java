package dev.foresail.eval.register;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.eval.register.RegisterMessages.Get;
import dev.foresail.eval.register.RegisterMessages.GetOk;
import dev.foresail.eval.register.RegisterMessages.Put;
import dev.foresail.eval.register.RegisterMessages.PutOk;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.History;
import dev.foresail.predictor.node.Step;
import java.util.List;

/**
 * Remembers the operations of the clients: one begins when its request is sent and is completed when the answer is
 * delivered.
 */
public final class RegisterHistory implements History<Operations> {
    @Override
    public Operations initial() {
        return Operations.NONE;
    }

    @Override
    public Operations after(Operations history, Action action, List<Step.Send> sends) {
        Operations after = history;
        if (action instanceof Action.Handle handle && handle.event() instanceof Event.Delivery delivery) {
            after = afterDelivery(after, action.node(), delivery.message());
        }
        for (Step.Send send : sends) {
            after = afterSend(after, action.node(), send.message());
        }
        return after;
    }

    private static Operations afterDelivery(Operations before, NodeId client, Object message) {
        if (message instanceof PutOk) {
            return before.answered(client, RegisterMessages.UNWRITTEN);
        }
        return message instanceof GetOk answer ? before.answered(client, answer.value()) : before;
    }

    private static Operations afterSend(Operations before, NodeId client, Object message) {
        if (message instanceof Put request) {
            return before.begun(client, Operation.Kind.WRITE, request.value());
        }
        return message instanceof Get ? before.begun(client, Operation.Kind.READ, RegisterMessages.UNWRITTEN) : before;
    }

    @Override
    public void write(Operations history, StateWriter out) {
        out.writeSize(history.byClient().size());
        history.byClient().forEach((client, operations) -> {
            out.writeNodeId(client);
            out.writeSize(operations.size());
            operations.forEach(operation -> write(operation, out));
        });
    }

    private static void write(Operation operation, StateWriter out) {
        out.writeBoolean(operation.kind() == Operation.Kind.READ);
        out.writeString(operation.value());
        out.writeSize(operation.precededBy().size());
        operation.precededBy().forEach((client, index) -> {
            out.writeNodeId(client);
            out.writeIndex(index);
        });
        out.writeBoolean(operation.isCompleted());
    }
}
