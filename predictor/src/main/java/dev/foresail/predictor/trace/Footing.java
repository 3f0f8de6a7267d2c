package dev.foresail.predictor.trace;

import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.reference.ReferenceWorld.Taken;
import dev.foresail.predictor.reference.ReferenceWorld.Transition;
import dev.foresail.predictor.reference.ReplayDivergedException;
import dev.foresail.predictor.trace.TraceStep.Happening;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds out how an action can be taken in a world it was not recorded in. Immutable. */
final class Footing<S> {
    /** How many nearest actions are named to people. */
    private static final int MOST_NAMED = 5;

    private final Happenings<S> happenings;

    Footing(SystemModel<S> model) {
        this.happenings = new Happenings<>(model);
    }

    /** What comes of the action with just these decisions; empty when that is not possible. */
    Optional<Transition<S>> exactly(ReferenceWorld<S> world, Action action) {
        return occurrence(world, action).flatMap(found -> take(world, decided(found, action.decisions())));
    }

    /** As {@link #exactly}, else the same happening with the decisions that have the most in common with the action's. */
    Optional<Transition<S>> nearly(ReferenceWorld<S> world, Action action) {
        Optional<Action> found = occurrence(world, action);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Optional<Transition<S>> exact = take(world, decided(found.get(), action.decisions()));
        return exact.isPresent()
                ? exact
                : variants(world, found.get()).stream()
                        .max(Comparator.comparingInt(
                                each -> inCommon(each.action().decisions(), action.decisions())));
    }

    private Optional<Transition<S>> take(ReferenceWorld<S> world, Action action) {
        try {
            Taken<S> taken = world.take(action);
            return Optional.of(new Transition<>(action, taken));
        } catch (ReplayDivergedException diverged) {
            return Optional.empty();
        }
    }

    /** The same happening as an object of this world, which matters where equal messages are not the same to Java. */
    private Optional<Action> occurrence(ReferenceWorld<S> world, Action action) {
        Happening wanted = happenings.of(action);
        List<Action> found = new ArrayList<>(1);
        world.forEachTransition(
                each -> {
                    if (each.node().equals(action.node()) && happenings.of(each).equals(wanted)) {
                        found.add(each);
                    }
                    return false;
                },
                transition -> {});
        return found.stream().findFirst();
    }

    private List<Transition<S>> variants(ReferenceWorld<S> world, Action found) {
        Happening wanted = happenings.of(found);
        List<Transition<S>> variants = new ArrayList<>();
        world.forEachTransition(
                each -> each.node().equals(found.node()) && happenings.of(each).equals(wanted), variants::add);
        return variants;
    }

    private static Action decided(Action action, List<Integer> decisions) {
        if (action instanceof Action.Handle handle) {
            return new Action.Handle(handle.node(), handle.event(), decisions);
        } else if (action instanceof Action.Restart) {
            return new Action.Restart(action.node(), decisions);
        }
        return action instanceof Action.SilentReset ? new Action.SilentReset(action.node(), decisions) : action;
    }

    private static int inCommon(List<Integer> one, List<Integer> other) {
        int length = 0;
        while (length < one.size() && length < other.size() && one.get(length).equals(other.get(length))) {
            length++;
        }
        return length;
    }

    /** What is possible in the world, the nearest to {@code expected} first, for people. */
    List<String> nearest(ReferenceWorld<S> world, Action expected) {
        Happening wanted = happenings.of(expected);
        List<Action> possible = new ArrayList<>();
        world.forEachTransition(
                each -> {
                    possible.add(each);
                    return false;
                },
                transition -> {});
        return possible.stream()
                .map(happenings::of)
                .sorted(Comparator.comparingInt(each -> distance(each, wanted)))
                .limit(MOST_NAMED)
                .map(Happening::text)
                .toList();
    }

    private static int distance(Happening one, Happening wanted) {
        return (one.kind() == wanted.kind() ? 0 : 2)
                + (one.node().equals(wanted.node()) ? 0 : 3)
                + (one.peer().equals(wanted.peer()) ? 0 : 1)
                + (one.name().equals(wanted.name()) ? 0 : 1)
                + (one.message().equals(wanted.message()) ? 0 : 1);
    }
}
