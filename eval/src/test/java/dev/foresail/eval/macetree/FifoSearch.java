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
import java.util.Comparator;
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
    private final List<Long> worldsByDepth = new ArrayList<>();

    private FifoSearch(SystemModel<S> model, String property, boolean isPruned) {
        this.model = model;
        this.property = property;
        this.isPruned = isPruned;
    }

    /** @param sent the channels of the messages in flight, in the order in which these were sent */
    private record Reached<S>(ReferenceWorld<S> world, List<Action> path, List<Channel> sent) {}

    private record Channel(NodeId from, NodeId to) {}

    /** How many worlds were stored until the first violation was taken out, and the path to it; empty: none is left. */
    record Found(int worlds, Optional<List<Action>> path) {}

    static <S> Found search(SystemModel<S> model, String property, boolean isPruned) {
        FifoSearch<S> search = new FifoSearch<>(model, property, isPruned);
        ReferenceWorld.initial(model).forEach(world -> search.reach(world, List.of(), search.sentBefore()));
        return search.run();
    }

    /** How many worlds there are up to each depth from 0 to {@code depth}, beyond all violations. */
    static <S> List<Long> cumulativeWorlds(SystemModel<S> model, boolean isPruned, int depth) {
        FifoSearch<S> search = new FifoSearch<>(model, "", isPruned);
        ReferenceWorld.initial(model).forEach(world -> search.reach(world, List.of(), search.sentBefore()));
        while (!search.queue.isEmpty() && search.queue.element().path.size() < depth) {
            search.expand(search.queue.remove());
        }
        List<Long> sums = new ArrayList<>();
        for (long worlds : search.worldsByDepth) {
            sums.add(worlds + (sums.isEmpty() ? 0 : sums.get(sums.size() - 1)));
        }
        return sums;
    }

    private Found run() {
        while (!queue.isEmpty()) {
            Reached<S> at = queue.remove();
            if (at.world.violatedProperties().contains(property)) {
                return new Found(seen.size(), Optional.of(at.path));
            }
            expand(at);
        }
        return new Found(seen.size(), Optional.empty());
    }

    private void expand(Reached<S> at) {
        Set<NodeId> toExpand = new HashSet<>();
        at.world.images().forEach((node, image) -> {
            if (!isPruned || expanded.add(local(node, image))) {
                toExpand.add(node);
            }
        });
        List<ReferenceWorld.Transition<S>> all = at.world.transitions();
        all.stream()
                .filter(each -> isConsequence(each.action()))
                .sorted(Comparator.comparing(each -> turn(at, each.action())))
                .forEach(each -> follow(at, each));
        all.stream()
                .filter(each -> !isConsequence(each.action())
                        && toExpand.contains(each.action().node()))
                .forEach(each -> follow(at, each));
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
            reach(transition.taken().world(), path, sentAfter(at.sent, transition));
        }
    }

    private List<Channel> sentBefore() {
        return model.initialWorlds().get(0).inFlight().stream()
                .map(message -> new Channel(message.from(), message.to()))
                .toList();
    }

    private static List<Channel> sentAfter(List<Channel> before, ReferenceWorld.Transition<?> transition) {
        List<Channel> sent = new ArrayList<>(before);
        Action action = transition.action();
        NodeId self = action.node();
        delivered(action).ifPresent(sent::remove);
        if (action instanceof Action.SilentReset || action instanceof Action.Crash) {
            sent.removeIf(channel -> channel.from().equals(self) || channel.to().equals(self));
        }
        transition.taken().sends().forEach(send -> sent.add(new Channel(self, send.to())));
        return List.copyOf(sent);
    }

    private static Optional<Channel> delivered(Action action) {
        return action instanceof Action.Handle handle && handle.event() instanceof Event.Delivery delivery
                ? Optional.of(new Channel(delivery.from(), handle.node()))
                : Optional.empty();
    }

    /** Deliveries by the time of sending, then connection errors. */
    private static int turn(Reached<?> at, Action action) {
        return delivered(action).map(at.sent::indexOf).orElse(Integer.MAX_VALUE);
    }

    private void reach(ReferenceWorld<S> world, List<Action> path, List<Channel> sent) {
        if (seen.add(world.fingerprint())) {
            queue.add(new Reached<>(world, List.copyOf(path), sent));
            if (path.size() == worldsByDepth.size()) {
                worldsByDepth.add(0L);
            }
            worldsByDepth.set(path.size(), worldsByDepth.get(path.size()) + 1);
        }
    }
}
