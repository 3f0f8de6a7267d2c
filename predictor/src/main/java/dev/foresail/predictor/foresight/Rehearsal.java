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
import java.util.function.Predicate;

/**
 * Goes along a bad path in another world than the one it was found in. Whatever of it is possible there is done, the rest
 * is left out: some of it has happened already, and numbers in messages may have become others. Not thread-safe.
 *
 * @param <S> the protocol's state
 */
public final class Rehearsal<S> {
    private final SystemModel<S> model;
    private final ReferenceWorld<S> beginning;
    private long runsLeft;

    /** @param model with one initial world in which nothing is decided any more */
    Rehearsal(SystemModel<S> model) {
        this(model, Long.MAX_VALUE);
    }

    /**
     * A rehearsal that is cut short.
     *
     * @param model with one initial world in which nothing is decided any more
     * @param mostRuns how many handlers may run, all questions together; what comes after that is not gone along
     */
    public Rehearsal(SystemModel<S> model, long mostRuns) {
        this.model = model;
        this.runsLeft = mostRuns;
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
     * its failures, follows; and does not when the rest follows without the event. No when that takes more handler runs than
     * there may be. What the event's handler will draw nobody knows: it is taken to draw what was foreseen.
     *
     * @param alternative the index among the event's alternatives, of which there are {@code alternatives}
     */
    public boolean leadsToViolation(NodeId self, Event event, int alternative, int alternatives, Danger danger) {
        if (isViolatedAlready(danger.property())) {
            return false;
        }
        List<Action> rest = rest(danger);
        boolean makesTheDifference = now(self, event, alternative, alternatives, danger)
                .map(taken -> isViolatedAfter(taken, rest, danger.property())
                        && !along(beginning, rest, danger.property()).isViolated())
                .orElse(false);
        return makesTheDifference && runsLeft > 0;
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

    private Optional<Transition<S>> now(NodeId self, Event event, int alternative, int alternatives, Danger danger) {
        List<Integer> decisions = new ArrayList<>();
        if (alternatives > 1) {
            decisions.add(alternative);
        }
        decisions.addAll(danger.decisionsAfterAlternative());
        Action wanted = new Action.Handle(self, event, decisions);
        return take(beginning, each -> isSame(each, wanted), wanted)
                .filter(each -> alternatives == 1 || each.action().decisions().get(0) == alternative);
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

    /**
     * The same action, or else the same kind of thing: a message of the same type from the same sender, the same call. What is
     * decided in its course is decided as on the path, as far as that is possible.
     */
    private Optional<Transition<S>> nearest(ReferenceWorld<S> world, Action wanted) {
        return take(world, each -> isSame(each, wanted), wanted)
                .or(() -> take(world, each -> areAlike(each, wanted), wanted));
    }

    private Optional<Transition<S>> take(ReferenceWorld<S> world, Predicate<Action> which, Action wanted) {
        if (runsLeft <= 0) {
            return Optional.empty();
        }
        Optional<Transition<S>> taken = world.takeFirst(which, wanted.node(), wanted.decisions());
        taken.ifPresent(each -> runsLeft -= each.taken().handlerRuns());
        return taken;
    }

    /** Whether both are the same, whatever is decided in their course. */
    private boolean isSame(Action one, Action wanted) {
        return SameAction.areSame(model.machine(), undecided(one), undecided(wanted));
    }

    private static Action undecided(Action action) {
        if (action instanceof Action.Handle handle) {
            return new Action.Handle(handle.node(), handle.event(), List.of());
        } else if (action instanceof Action.Restart restart) {
            return new Action.Restart(restart.node(), List.of());
        }
        return action instanceof Action.SilentReset reset ? new Action.SilentReset(reset.node(), List.of()) : action;
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
