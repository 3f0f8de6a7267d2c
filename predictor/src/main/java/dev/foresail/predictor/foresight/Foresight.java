package dev.foresail.predictor.foresight;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Answers;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import dev.foresail.predictor.trace.Replay;
import dev.foresail.predictor.trace.Trace;
import dev.foresail.predictor.trace.TraceException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A node's look into the future (CrystalBall section 4; papers.md 1.4): from a consistent snapshot it first goes along the
 * bad paths that are known, then predicts consequences. For each violation it looks for the event at which this node can
 * leave the path, and says so only when that helps and, as far as can be seen, leads to no violation that was not
 * there before.
 *
 * <p>Trade-off: of each property the shortest path is found, not all of them; the next round finds the next. Weakness: two
 * chains of events that are independent of each other are not combined (papers.md 1.9), so that rounds must be frequent.
 *
 * <p>Then it looks a little further: at what may come when nodes of which nothing is known answer as others were seen to.
 * What it finds so is told and left at that: whoever is turned away on account of a guess suffers for certain.
 *
 * <p>Keeps tables from round to round. Not thread-safe, but may be used by one thread after the other.
 *
 * @param <S> the protocol's state
 */
public final class Foresight<S> {
    /** How many local states, messages and cells are kept from round to round. */
    private static final long MOST_KNOWN = 100_000;

    /** Part of the limit of worlds that a check of one way out may take. */
    private static final int SHARE_OF_CHECK = 4;

    /** Part of the limit of worlds that looking for what is merely possible may take. */
    private static final int SHARE_OF_GUESSES = 4;

    private final Outlook<S> outlook;
    private final NodeId self;
    private final SearchSettings settings;
    private final SearchResources resources;
    private Optional<Explorer<S>> ahead = Optional.empty();
    private Optional<Explorer<S>> checks = Optional.empty();
    private Optional<Explorer<S>> guesses = Optional.empty();

    /** @param settings of the prediction; a time limit makes what is found depend on the machine */
    public Foresight(Outlook<S> outlook, NodeId self, SearchSettings settings, SearchResources resources) {
        this.outlook = outlook;
        this.self = self;
        this.settings = settings;
        this.resources = resources;
    }

    /**
     * Looks ahead; blocks until it is done. What the author's code throws is told, and not thrown on: a mistake in a property
     * is no reason to end a node.
     *
     * @param known paths that led to violations before, and hints; those that come first are gone along first
     * @param calls what the application has been seen to ask for
     * @param seen what nodes have been seen to answer
     */
    public Foreseen look(
            SystemSnapshot<S> snapshot, List<BadPath> known, List<Event.Call> calls, List<Answers.Seen> seen) {
        try {
            return new Look(outlook.ahead(snapshot, calls, steps(known)))
                    .run(known, () -> outlook.guessing(snapshot, calls, settings.maxDepth(), seen));
        } catch (RuntimeException failure) {
            forget();
            return Foreseen.failed(failure);
        } catch (Error failure) {
            forget();
            throw failure;
        }
    }

    /** What a search leaves behind that did not come to its end is of no use to the next. */
    private void forget() {
        ahead = Optional.empty();
        checks = Optional.empty();
        guesses = Optional.empty();
    }

    /** Once along a path, and from wherever it is left as far as is looked ahead. */
    private int steps(List<BadPath> known) {
        int longest = known.stream()
                .mapToInt(path -> path.trace().steps().size())
                .max()
                .orElse(0);
        long furthest = (long) Math.max(longest, settings.maxDepth()) + settings.maxDepth();
        return (int) Math.min(furthest, Integer.MAX_VALUE);
    }

    private static <S> Explorer<S> following(
            Optional<Explorer<S>> explorer, SystemModel<S> model, SearchResources resources) {
        explorer.ifPresent(existing -> existing.follow(model));
        return explorer.orElseGet(() -> new Explorer<>(model, resources, MOST_KNOWN));
    }

    /** One round. */
    private final class Look {
        private final SystemModel<S> model;
        private final Rehearsal<S> rehearsal;
        private final List<Danger> dangers = new ArrayList<>();
        private final List<Foreseen.Refused> refused = new ArrayList<>();
        private final Set<String> violated = new HashSet<>();
        private long worlds;

        Look(SystemModel<S> model) {
            this.model = model;
            this.rehearsal = new Rehearsal<>(model);
        }

        /** @param guessed the same with answers of nodes of which nothing is known */
        Foreseen run(List<BadPath> known, Supplier<Optional<SystemModel<S>>> guessed) {
            for (BadPath path : known) {
                if (path.isConfirmed()) {
                    replay(path);
                } else {
                    follow(path);
                }
            }
            Explorer<S> explorer = following(ahead, model, resources);
            ahead = Optional.of(explorer);
            SearchReport report = explorer.search(settings);
            worlds += report.distinctWorlds();
            for (Violation violation : report.violations()) {
                violated.add(violation.property());
                if (violation.depth() > 0 && !violation.isLiveness()) {
                    add(violation.property(), violation.actions(), Optional.empty());
                }
            }
            List<Danger> judged = new ArrayList<>();
            dangers.forEach(danger -> judge(danger).ifPresent(judged::add));
            return withPossible(judged, report.maxDepth(), guessed);
        }

        /** What fails over a guess takes nothing from what is certain. */
        private Foreseen withPossible(List<Danger> judged, int depth, Supplier<Optional<SystemModel<S>>> guessed) {
            try {
                List<Danger> possible = guessed.get().map(this::possible).orElse(List.of());
                return new Foreseen(judged, possible, refused, worlds, depth, Optional.empty());
            } catch (RuntimeException failure) {
                guesses = Optional.empty();
                return new Foreseen(judged, List.of(), refused, worlds, depth, Optional.of(failure));
            }
        }

        /**
         * What comes of answers that nobody has given: a search of its own, so that a long path that is certain is not hidden
         * by a short one that rests on a guess.
         */
        private List<Danger> possible(SystemModel<S> guessing) {
            Explorer<S> explorer = following(guesses, guessing, resources);
            guesses = Optional.of(explorer);
            SearchReport report =
                    explorer.search(settings.withMaxWorlds(Math.max(1, settings.maxWorlds() / SHARE_OF_GUESSES)));
            worlds += report.distinctWorlds();
            List<Danger> possible = new ArrayList<>();
            for (Violation violation : report.violations()) {
                boolean isGuess = violation.actions().stream().anyMatch(action -> isGuess(guessing, action));
                if (isGuess && !violation.isLiveness() && !isCertain(violation.property())) {
                    possible.add(danger(guessing, violation.property(), violation.actions(), Optional.empty()));
                }
            }
            return possible;
        }

        private boolean isCertain(String property) {
            return violated.contains(property)
                    || dangers.stream().anyMatch(each -> each.property().equals(property));
        }

        private boolean isGuess(SystemModel<S> guessing, Action action) {
            return action instanceof Action.Handle handle
                    && handle.event() instanceof Event.Delivery delivery
                    && guessing.isGuess(delivery.from());
        }

        private void replay(BadPath known) {
            List<Action> path;
            try {
                path = Replay.actions(model, known.trace());
            } catch (TraceException elsewhere) {
                // It names nodes or calls that are not in sight now.
                return;
            }
            along(known, path);
        }

        /** Whoever has told of it may have told anything: it is looked at closely, and ends nothing but itself. */
        private void follow(BadPath hint) {
            try {
                along(hint, Replay.offered(model, hint.trace()));
            } catch (TraceException useless) {
                refused.add(new Foreseen.Refused(hint, String.valueOf(useless.getMessage())));
            } catch (RuntimeException | StackOverflowError thrown) {
                refused.add(new Foreseen.Refused(hint, "going along it ends with " + thrown));
            }
        }

        private void along(BadPath known, List<Action> path) {
            String property = known.trace().header().property();
            if (!rehearsal.isViolatedAlready(property)) {
                Rehearsal.Walk<S> walk = rehearsal.along(path, property);
                worlds += walk.actions().size();
                if (walk.isViolated()) {
                    add(property, walk.actions(), Optional.of(known));
                }
            }
        }

        private void add(String property, List<Action> actions, Optional<BadPath> origin) {
            Optional<Danger> there = dangers.stream()
                    .filter(each ->
                            each.property().equals(property) && each.actions().equals(actions))
                    .findFirst();
            if (there.isEmpty()) {
                dangers.add(danger(model, property, actions, origin));
            } else if (origin.isEmpty() && there.get().advisor().isPresent()) {
                dangers.set(dangers.indexOf(there.get()), there.get().ownFinding());
            }
        }

        private Danger danger(SystemModel<S> in, String property, List<Action> actions, Optional<BadPath> origin) {
            Trace trace = Replay.record(in, origin(), new Violation(property, false, 0, actions, ""));
            return new Danger(trace, actions, Danger.NOWHERE, false, origin);
        }

        private Trace.Origin origin() {
            return new Trace.Origin(model.machine().protocol(), "a running node", Collections.emptySortedMap());
        }

        private Optional<Danger> judge(Danger danger) {
            Optional<BadPath> hint = danger.origin().filter(path -> !path.isConfirmed());
            if (hint.isEmpty()) {
                return Optional.of(withExit(danger));
            }
            try {
                return Optional.of(withExit(danger));
            } catch (RuntimeException thrown) {
                checks = Optional.empty();
                refused.add(new Foreseen.Refused(hint.get(), "looking for a way out ends with " + thrown));
                return Optional.empty();
            }
        }

        private Danger withExit(Danger danger) {
            return Danger.exits(danger.actions(), self, place -> isChoice(danger, place)).stream()
                    .filter(place -> helps(danger, place))
                    .findFirst()
                    .map(place -> danger.leavingAt(place, isChoice(danger, place)))
                    .orElse(danger);
        }

        /** Decisions alone do not say so: handlers draw lots, too. */
        private boolean isChoice(Danger danger, int place) {
            Action.Handle handled = (Action.Handle) danger.actions().get(place);
            if (handled.decisions().isEmpty()) {
                return false;
            }
            S state = rehearsal.after(danger.actions(), place).state(self);
            return model.machine()
                            .alternatives(state, handled.event(), new GuardNode(self))
                            .size()
                    > 1;
        }

        private boolean helps(Danger danger, int place) {
            Event event = ((Action.Handle) danger.actions().get(place)).event();
            List<Action> rest =
                    danger.actions().subList(place + 1, danger.actions().size());
            ReferenceWorld<S> before = rehearsal.after(danger.actions(), place);
            worlds += rest.size();
            if (!(event instanceof Event.Delivery delivery)) {
                // What does not happen, or happens later, leads nowhere that was not to be reached before.
                return !rehearsal.along(before, rest, danger.property()).isViolated();
            }
            SystemModel<S> without = outlook.withoutMessages(before, model, self, delivery.from());
            Rehearsal<S> detour = new Rehearsal<>(without);
            return !detour.along(rest, danger.property()).isViolated() && leadsToNothingNew(without);
        }

        private boolean leadsToNothingNew(SystemModel<S> without) {
            Explorer<S> explorer = following(checks, without, resources);
            checks = Optional.of(explorer);
            SearchReport report =
                    explorer.search(settings.withMaxWorlds(Math.max(1, settings.maxWorlds() / SHARE_OF_CHECK)));
            worlds += report.distinctWorlds();
            return report.violations().stream().allMatch(each -> violated.contains(each.property()));
        }
    }
}
