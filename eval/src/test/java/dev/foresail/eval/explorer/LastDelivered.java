package dev.foresail.eval.explorer;

import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.History;
import dev.foresail.predictor.node.Step;
import java.util.List;
import java.util.Optional;

/** The message that was delivered last, which Stateright's duplicating network keeps. */
final class LastDelivered implements History<Optional<Event.Delivery>> {
    @Override
    public Optional<Event.Delivery> initial() {
        return Optional.empty();
    }

    @Override
    public Optional<Event.Delivery> after(Optional<Event.Delivery> last, Action action, List<Step.Send> sends) {
        return action instanceof Action.Handle handle && handle.event() instanceof Event.Delivery delivery
                ? Optional.of(delivery)
                : last;
    }

    @Override
    public void write(Optional<Event.Delivery> last, StateWriter out) {
        out.writeString(last.toString());
    }
}
