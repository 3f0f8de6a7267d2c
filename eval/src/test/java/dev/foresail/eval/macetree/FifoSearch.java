package dev.foresail.eval.macetree;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.InitialWorld.NodeImage;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.ReferenceWorld;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The search that the published counts are of: breadth first, a world's property is looked at when it is taken out of the
 * queue, deliveries come before internal actions.
 */
final class FifoSearch<S> {
    private final SystemModel<S> model;
    private final String property;
    private final boolean isPruned;
    private final Set<Long> seen = new HashSet<>();
    private final Set<String> expanded = new HashSet<>();
    private final Deque<Reached<S>> queue = new ArrayDeque<>();

    private FifoSearch(SystemModel<S> model, String property, boolean isPruned) {
        this.model = model;
        this.property = property;
        this.isPruned = isPruned;
    }

    private record Reached<S>(ReferenceWorld<S> world, List<Action> path) {}

    /** How many worlds were stored until the first violation was taken out, and the path to it; empty: none is left. */
    record Found(int worlds, Optional<List<Action>> path) {}

    static <S> Found search(SystemModel<S> model, String property, boolean isPruned) {
        FifoSearch<S> search = new FifoSearch<>(model, property, isPruned);
        ReferenceWorld.initial(model).forEach(world -> search.reach(world, List.of()));
        return search.run();
    }

    private Found run() {
        while (!queue.isEmpty()) {
            Reached<S> at = queue.remove();
            if (at.world.violatedProperties().contains(property)) {
                return new Found(seen.size(), Optional.of(at.path));
            }
            Set<NodeId> toExpand = new HashSet<>();
            at.world.images().forEach((node, image) -> {
                if (!isPruned || expanded.add(local(node, image))) {
                    toExpand.add(node);
                }
            });
            List<ReferenceWorld.Transition<S>> all = at.world.transitions();
            all.stream().filter(each -> isConsequence(each.action())).forEach(each -> follow(at, each));
            all.stream()
                    .filter(each -> !isConsequence(each.action())
                            && toExpand.contains(each.action().node()))
                    .forEach(each -> follow(at, each));
        }
        return new Found(seen.size(), Optional.empty());
    }

    private static boolean isConsequence(Action action) {
        return action instanceof Action.Handle handle
                && (handle.event() instanceof Event.Delivery || handle.event() instanceof Event.ConnectionError);
    }

    private String local(NodeId node, NodeImage<S> image) {
        StateWriter out = new StateWriter();
        model.machine().write(image.state(), out);
        return node + " " + Arrays.toString(out.toByteArray()) + " " + image.timers();
    }

    private void follow(Reached<S> at, ReferenceWorld.Transition<S> transition) {
        if (transition.taken().thrown().isEmpty()) {
            List<Action> path = new ArrayList<>(at.path);
            path.add(transition.action());
            reach(transition.taken().world(), path);
        }
    }

    private void reach(ReferenceWorld<S> world, List<Action> path) {
        if (seen.add(world.fingerprint())) {
            queue.add(new Reached<>(world, List.copyOf(path)));
        }
    }
}
