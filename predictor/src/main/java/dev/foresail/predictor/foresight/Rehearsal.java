package dev.foresail.predictor.foresight;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SameAction;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.reference.ReferenceWorld.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Goes along a bad path in another world than the one it was found in. Whatever of it is possible there is done, the rest
 * is left out: some of it has happened already, and numbers in messages may have become others. Pure functions.
 *
 * @param <S> the protocol's state
 */
public final class Rehearsal<S> {
    private final SystemModel<S> model;
    private final ReferenceWorld<S> beginning;

    /** @param model with one initial world in which nothing is decided any more */
    public Rehearsal(SystemModel<S> model) {
        this.model = model;
        this.beginning = ReferenceWorld.beginning(model, 1).worlds().get(0);
    }

    /**
     * What came of going along a path.
     *
     * @param actions what was possible, up to the violation if there is one
     * @param isViolated whether the property, which held in the beginning, is violated in the end
     */
    public record Walk<S>(List<Action> actions, ReferenceWorld<S> world, boolean isViolated) {
        public Walk {
            actions = List.copyOf(actions);
        }
    }

    /** Whether the property is violated before anything happens. */
    public boolean isViolatedAlready(String property) {
        return beginning.violatedProperties().contains(property);
    }

    /** Goes along the whole path. */
    public Walk<S> along(List<Action> path, String property) {
        return along(beginning, path, property);
    }

    /** The world after the first {@code steps} actions of a path that was found in this model. */
    ReferenceWorld<S> after(List<Action> path, int steps) {
        ReferenceWorld<S> world = beginning;
        for (Action action : path.subList(0, steps)) {
            world = world.take(action).world();
        }
        return world;
    }

    /**
     * Whether the property comes to be violated when the event is handled now in this way and the rest of the path, without
     * its failures, follows; and does not when the rest follows without the event.
     *
     * @param alternative the index among the event's alternatives, of which there are {@code alternatives}
     */
    public boolean leadsToViolation(NodeId self, Event event, int alternative, int alternatives, Danger danger) {
        if (isViolatedAlready(danger.property())) {
            return false;
        }
        List<Action> rest = rest(danger);
        return now(self, event, alternative, alternatives)
                .map(taken -> isViolatedAfter(taken, rest, danger.property())
                        && !along(beginning, rest, danger.property()).isViolated())
                .orElse(false);
    }

    private boolean isViolatedAfter(Transition<S> taken, List<Action> rest, String property) {
        return isViolated(taken, property)
                || (taken.taken().thrown().isEmpty()
                        && along(taken.taken().world(), rest, property).isViolated());
    }

    private static List<Action> rest(Danger danger) {
        List<Action> rest = new ArrayList<>(danger.actions());
        rest.remove(danger.place());
        rest.removeIf(Danger::isFailure);
        return rest;
    }

    private Optional<Transition<S>> now(NodeId self, Event event, int alternative, int alternatives) {
        Action wanted = new Action.Handle(self, event, List.of());
        return transitions(beginning, wanted).stream()
                .filter(each -> isSame(each.action(), wanted))
                .filter(each -> alternatives == 1 || each.action().decisions().get(0) == alternative)
                .findFirst();
    }

    /** As {@link #along(List, String)}, from a world of this model on. */
    Walk<S> along(ReferenceWorld<S> from, List<Action> path, String property) {
        ReferenceWorld<S> world = from;
        List<Action> taken = new ArrayList<>();
        for (Action wanted : path) {
            Optional<Transition<S>> next = nearest(world, wanted);
            if (next.isPresent()) {
                taken.add(next.get().action());
                if (isViolated(next.get(), property)) {
                    return new Walk<>(taken, next.get().taken().world(), true);
                } else if (next.get().taken().thrown().isPresent()) {
                    break;
                }
                world = next.get().taken().world();
            }
        }
        return new Walk<>(taken, world, false);
    }

    private boolean isViolated(Transition<S> transition, String property) {
        if (property.equals(SystemModel.HANDLER_THREW)) {
            return transition.taken().thrown().isPresent();
        }
        return transition.taken().thrown().isEmpty()
                && transition.taken().world().violatedProperties().contains(property);
    }

    /** The same action, or else the same kind of thing: a message of the same type from the same sender, the same call. */
    private Optional<Transition<S>> nearest(ReferenceWorld<S> world, Action wanted) {
        List<Transition<S>> alike = transitions(world, wanted);
        return alike.stream()
                .filter(each -> SameAction.areSame(model.machine(), each.action(), wanted))
                .findFirst()
                .or(() -> alike.stream()
                        .filter(each -> isSame(each.action(), wanted))
                        .findFirst())
                .or(() -> alike.stream().findFirst());
    }

    private List<Transition<S>> transitions(ReferenceWorld<S> world, Action wanted) {
        List<Transition<S>> found = new ArrayList<>();
        if (model.nodes().containsKey(wanted.node())) {
            world.forEachTransition(each -> areAlike(each, wanted), found::add);
        }
        return found;
    }

    /** Whether both are the same, whatever is decided in their course. */
    private boolean isSame(Action one, Action wanted) {
        return SameAction.areSame(model.machine(), undecided(one), undecided(wanted));
    }

    private static Action undecided(Action action) {
        return action instanceof Action.Handle handle
                ? new Action.Handle(handle.node(), handle.event(), List.of())
                : action;
    }

    private static boolean areAlike(Action one, Action wanted) {
        if (!one.node().equals(wanted.node()) || one.getClass() != wanted.getClass()) {
            return false;
        }
        return one instanceof Action.Handle handle && wanted instanceof Action.Handle other
                ? areAlike(handle.event(), other.event())
                : !(one instanceof Action.Break || one instanceof Action.Loss) || one.equals(wanted);
    }

    /** Whether both are messages of one type from the same sender, the same timer, calls of the same name, and the like. */
    public static boolean areAlike(Event one, Event other) {
        if (one instanceof Event.Delivery delivery && other instanceof Event.Delivery wanted) {
            return delivery.from().equals(wanted.from())
                    && delivery.message().getClass() == wanted.message().getClass();
        } else if (one instanceof Event.Call call && other instanceof Event.Call wanted) {
            return call.name().equals(wanted.name());
        }
        return one.equals(other);
    }
}
