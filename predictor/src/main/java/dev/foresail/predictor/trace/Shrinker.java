package dev.foresail.predictor.trace;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import dev.foresail.predictor.explore.TimedPaths;
import dev.foresail.predictor.guardrail.HandlerFailedException;
import dev.foresail.predictor.guardrail.QuestionFailedException;
import dev.foresail.predictor.guardrail.ThrownText;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.reference.ReferenceWorld.Transition;
import dev.foresail.predictor.search.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Makes violating paths short. Deterministic. Not thread-safe.
 *
 * <p>Idea: leave events out, ever smaller runs of them (delta debugging), then the failures, then all events of a node, and
 * go along what is left. An event that has become impossible is left out, too, one that is possible only with other
 * decisions is taken with those; as soon as the property is violated the path is cut. A path that is shorter than the
 * shortest one so far, and that the model's bounds on time let be, takes its place. At the end no single event can be left
 * out, unless the budget is used up or somebody has said to stop.
 *
 * @param <S> the protocol's state
 */
public final class Shrinker<S> {
    private final SystemModel<S> model;
    private final Footing<S> footing;
    private final Happenings<S> happenings;
    private final TimedPaths times;
    private final int mostReplays;
    private final BooleanSupplier stopped;
    private final FirstWorlds<S> initialWorlds;
    private int replays;

    /** @param mostReplays how many paths may be tried for one violation, at least 1 */
    public Shrinker(SystemModel<S> model, int mostReplays) {
        this(model, mostReplays, () -> false);
    }

    /** @param stopped whether there is no time left: then the shortest path so far has to do; asked at every event */
    public Shrinker(SystemModel<S> model, int mostReplays, BooleanSupplier stopped) {
        if (mostReplays < 1) {
            throw new IllegalArgumentException("at least one replay is needed, not " + mostReplays);
        }
        this.model = model;
        this.mostReplays = mostReplays;
        this.stopped = stopped;
        this.footing = new Footing<>(model);
        this.happenings = new Happenings<>(model);
        this.times = new TimedPaths(model);
        this.initialWorlds = new FirstWorlds<>(model);
    }

    /** A path that violates the property at its end and not before. */
    private record Found(List<Action> actions, Optional<RuntimeException> thrown) {}

    /** How many paths were tried for the last violation. */
    public int replays() {
        return replays;
    }

    /**
     * A path that violates the same property and is not longer; the same path when it is not possible or does not violate
     * it. A path against a liveness property is not changed: every beginning of it violates the property too.
     */
    public Violation shrink(Violation violation) {
        replays = 0;
        if (violation.isLiveness()
                || initialWorlds.get(violation.initialWorld()).isEmpty()) {
            return violation;
        }
        Optional<Found> whole = replay(violation, violation.actions(), Optional.empty());
        if (whole.isEmpty()) {
            return violation;
        }
        Attempt attempt = new Attempt(violation, whole.get());
        int before;
        do {
            before = attempt.shortest.actions().size();
            attempt.withoutRuns();
            attempt.withoutFailures();
            attempt.withoutNodes();
        } while (attempt.shortest.actions().size() < before && mayTry());
        Found shortest = attempt.shortest;
        return new Violation(
                violation.property(),
                false,
                violation.initialWorld(),
                shortest.actions(),
                shortest.thrown().map(ThrownText::of).orElse(violation.detail()));
    }

    private boolean mayTry() {
        return replays < mostReplays && !stopped.getAsBoolean();
    }

    /** Goes along the events as far as they are possible, until the property is violated; empty when it never is. */
    private Optional<Found> replay(Violation violation, List<Action> events, Optional<RuntimeException> likeThis) {
        replays++;
        ReferenceWorld<S> world = initialWorlds.get(violation.initialWorld()).orElseThrow();
        Judge<S> judge = new Judge<>(model, violation.property(), false);
        judge.begin(world);
        List<Action> taken = new ArrayList<>();
        for (Action event : events) {
            if (judge.isViolated()) {
                break;
            } else if (stopped.getAsBoolean()) {
                return Optional.empty();
            }
            Optional<Transition<S>> next = footing.nearly(world, event).filter(each -> goesOn(each, violation));
            if (next.isPresent()) {
                taken.add(next.get().action());
                judge.after(next.get().taken());
                world = next.get().taken().world();
                Optional<RuntimeException> thrown = next.get().taken().thrown();
                if (thrown.isPresent()) {
                    return likeThis.isEmpty() || isLike(thrown.get(), likeThis.get())
                            ? Optional.of(new Found(taken, thrown))
                            : Optional.empty();
                }
            }
        }
        return judge.isViolated() ? Optional.of(new Found(taken, Optional.empty())) : Optional.empty();
    }

    /** A search does not go on from worlds outside the constraints, nor from a handler that threw. */
    private static boolean goesOn(Transition<?> transition, Violation violation) {
        return transition.taken().thrown().isPresent()
                ? violation.property().equals(SystemModel.HANDLER_THREW)
                : transition.taken().world().isWithinConstraints();
    }

    /** Whether both are the same mistake, whatever values the messages name. */
    private static boolean isLike(RuntimeException one, RuntimeException other) {
        return type(one) == type(other)
                && (!(one instanceof ProtocolException first)
                        || !(other instanceof ProtocolException second)
                        || first.code().equals(second.code()));
    }

    private static Class<?> type(RuntimeException thrown) {
        return thrown instanceof HandlerFailedException && thrown.getCause() instanceof Error error
                ? error.getClass()
                : thrown.getClass();
    }

    /** The shortening of one violation's path. */
    private final class Attempt {
        private final Violation violation;
        private final Optional<RuntimeException> thrown;
        private Found shortest;

        Attempt(Violation violation, Found whole) {
            this.violation = violation;
            this.thrown = whole.thrown();
            this.shortest = whole;
        }

        /** Leaves runs of events out: half of all first, single ones last; the late ones first. */
        void withoutRuns() {
            for (int length = Math.max(1, shortest.actions().size() / 2); length > 0; length /= 2) {
                int start = shortest.actions().size() - length;
                while (start >= 0) {
                    List<Action> candidate = new ArrayList<>(shortest.actions().subList(0, start));
                    candidate.addAll(shortest.actions()
                            .subList(start + length, shortest.actions().size()));
                    tryOut(candidate);
                    start = Math.min(start, shortest.actions().size()) - length;
                }
            }
        }

        void withoutFailures() {
            for (TraceStep.Kind kind : TraceStep.Kind.values()) {
                if (kind.isFailure()) {
                    tryWithout(action -> happenings.of(action).kind() == kind);
                }
            }
        }

        void withoutNodes() {
            for (NodeId node :
                    new TreeSet<>(shortest.actions().stream().map(Action::node).toList())) {
                tryWithout(action -> action.node().equals(node));
            }
        }

        private void tryWithout(Predicate<Action> unwanted) {
            List<Action> candidate = new ArrayList<>(shortest.actions());
            if (candidate.removeIf(unwanted)) {
                tryOut(candidate);
            }
        }

        private void tryOut(List<Action> candidate) {
            if (mayTry()) {
                replayIfPossible(candidate)
                        .filter(found ->
                                found.actions().size() < shortest.actions().size())
                        .filter(found -> times.areTimely(violation.initialWorld(), found.actions()))
                        .ifPresent(found -> shortest = found);
            }
        }

        /** Empty, too, when the path comes through a world of which a property cannot be asked. */
        private Optional<Found> replayIfPossible(List<Action> candidate) {
            try {
                return replay(violation, candidate, thrown);
            } catch (QuestionFailedException elsewhere) {
                return Optional.empty();
            }
        }
    }
}
