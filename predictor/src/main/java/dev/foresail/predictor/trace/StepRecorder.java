package dev.foresail.predictor.trace;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.FieldValue;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.reference.ReferenceWorld.Taken;
import dev.foresail.predictor.reference.ReferenceWorld.Transition;
import dev.foresail.predictor.trace.TraceStep.Change;
import dev.foresail.predictor.trace.TraceStep.Sent;
import java.util.ArrayList;
import java.util.List;

/** Writes down what is to be seen of a transition. Immutable. */
final class StepRecorder<S> {
    private final SystemModel<S> model;
    private final Happenings<S> happenings;

    StepRecorder(SystemModel<S> model) {
        this.model = model;
        this.happenings = new Happenings<>(model);
    }

    /** @param number of the step, from 1 */
    TraceStep record(int number, ReferenceWorld<S> before, Transition<S> transition) {
        Taken<S> taken = transition.taken();
        Action action = transition.action();
        List<Sent> sends = taken.sends().stream()
                .map(send -> new Sent(send.to(), send.message().toString()))
                .toList();
        List<String> violated = taken.thrown().isPresent()
                ? List.of(SystemModel.HANDLER_THREW)
                : taken.world().violatedProperties();
        return new TraceStep(
                number,
                happenings.of(action, DecisionTexts.of(model, before, action)),
                sends,
                taken.notes(),
                changes(before, taken.world()),
                violated);
    }

    private List<Change> changes(ReferenceWorld<S> before, ReferenceWorld<S> after) {
        List<Change> changes = new ArrayList<>();
        for (NodeId node : model.nodes().keySet()) {
            List<FieldValue> was = values(before, node);
            List<FieldValue> is = values(after, node);
            for (int index = 0; index < was.size(); index++) {
                String value = was.get(index).value();
                if (!value.equals(is.get(index).value())) {
                    changes.add(new Change(
                            node, was.get(index).name(), value, is.get(index).value()));
                }
            }
        }
        return changes;
    }

    private List<FieldValue> values(ReferenceWorld<S> world, NodeId node) {
        List<FieldValue> values = new ArrayList<>(model.machine().values(world.state(node)));
        values.add(new FieldValue("(up)", Boolean.toString(world.isUp(node))));
        values.add(new FieldValue("(timers)", world.armed(node).toString()));
        values.add(new FieldValue("(deferred)", world.deferred(node).toString()));
        return values;
    }
}
