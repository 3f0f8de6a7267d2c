package dev.foresail.steering.cli;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.search.Violation;
import java.util.ArrayList;
import java.util.List;

/** Tells paths to violations step by step, by taking them again. */
final class FoundPaths<S> {
    private final SystemModel<S> model;

    FoundPaths(SystemModel<S> model) {
        this.model = model;
    }

    FoundPath tell(Violation violation) {
        List<FoundPath.Step> steps = new ArrayList<>();
        if (!violation.actions().isEmpty()) {
            ReferenceWorld<S> world = ReferenceWorld.initial(model).get(violation.initialWorld());
            for (Action action : violation.actions()) {
                ReferenceWorld.Taken<S> taken = world.take(action);
                List<String> changes = new ArrayList<>(changes(world, taken.world()));
                taken.sends().forEach(send -> changes.add("sends " + send.message() + " to " + send.to()));
                taken.thrown().ifPresent(thrown -> changes.add("throws " + thrown));
                steps.add(new FoundPath.Step(steps.size() + 1, ActionText.of(action), changes));
                world = taken.world();
            }
        }
        return new FoundPath(violation, steps, "");
    }

    private List<String> changes(ReferenceWorld<S> before, ReferenceWorld<S> after) {
        Machine<S> machine = model.machine();
        List<String> changes = new ArrayList<>();
        for (NodeId node : model.nodes().keySet()) {
            String was = before.isUp(node) ? machine.describe(before.state(node)) : "down";
            String is = after.isUp(node) ? machine.describe(after.state(node)) : "down";
            if (!was.equals(is)) {
                changes.add(node + ": " + is);
            }
        }
        return changes;
    }
}
