package dev.foresail.steering.control;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.foresight.BadPath;
import dev.foresail.predictor.foresight.Danger;
import dev.foresail.predictor.foresight.Foreseen;
import dev.foresail.predictor.foresight.Foresight;
import dev.foresail.predictor.foresight.Outlook;
import dev.foresail.predictor.foresight.Rehearsal;
import dev.foresail.predictor.model.Answers;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.node.SteeredNode;
import dev.foresail.predictor.node.Steering;
import dev.foresail.predictor.node.Step;
import dev.foresail.predictor.resolve.PredictionExecutor;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Steers one node (CrystalBall section 4; papers.md 1.4). Whenever the node's state has changed it has its neighbours'
 * checkpoints gathered, looks ahead from the consistent snapshot on another thread, and puts event filters in place where
 * the node can leave a path to a violation. What comes all the same meets the {@link ImmediateSafetyCheck}.
 *
 * <p>A filter decides by going along the rest of the path from what is known when the event comes: it is no wider than the
 * prediction, at the price of a few handler runs on the node's thread for each event of the filter's type.
 *
 * <p>On the node's thread only, but for the looking ahead.
 */
public final class Controller<S> implements Steering<S> {
    private static final int MOST_FILTERS = 64;
    private static final int MOST_CALLS = 4;
    /** So often in a row a look that came to nothing is tried again, each time after twice the time. */
    private static final int MOST_TRIED_AGAIN = 8;

    /** A filter is asked on the node's thread: beyond so many handler runs it lets the event pass. */
    private static final int MOST_RUNS_OF_A_TEST = 256;

    private final Machine<S> machine;
    private final Parts<S> parts;
    private final SteeringSettings settings;
    private final ImmediateSafetyCheck<S> check;
    private final Foresight<S> foresight;
    private final EventFilters filters = new EventFilters(MOST_FILTERS);
    private final Advices advices;
    private final Audience<S> audience;
    /** What the application has asked for, the latest last. */
    private final Set<Event.Call> calls = new LinkedHashSet<>();

    private final SeenAnswers answers;
    /** What may come of guesses has been told of these properties. */
    private final Set<String> guessed = new HashSet<>();

    private final boolean hasSafety;
    private final boolean guesses;
    private @Nullable SteeredNode<S> node;
    private @Nullable Pace pace;
    private boolean isWatching;
    private long watchedFingerprint;
    private boolean isLooking;
    /** A look is to begin as soon as there may be one again. */
    private boolean isWaiting;

    /** The node is to look again, shortly before the first filter expires. */
    private boolean isRenewing;

    private boolean isWatchMissed;
    /** Another steers in its place: what it had begun comes to nothing. */
    private boolean isRetired;

    private boolean isGatheredMeanwhile;
    private long lookedFingerprint;
    /** Looks since the last one that came to something. */
    private int looksInVain;

    /** There is a hint that no look ahead has gone along yet. */
    private boolean isAdvised;

    /**
     * What steering is put together from.
     *
     * @param trustsPeers whether what peers tell of themselves may lead to interventions against others
     */
    public record Parts<S>(
            Outlook<S> outlook,
            NodeId self,
            PredictionExecutor predictions,
            SearchResources resources,
            Experience experience,
            boolean trustsPeers,
            Intervention.Listener listener) {}

    private Controller(Parts<S> parts, SteeringSettings settings) {
        this.machine = parts.outlook().machine();
        this.parts = parts;
        this.settings = settings;
        this.check = new ImmediateSafetyCheck<>(
                machine, parts.self(), settings.mode(), parts.trustsPeers(), parts.listener());
        this.advices = new Advices(parts.listener());
        this.audience = new Audience<>(machine, parts.self());
        this.hasSafety = machine.properties().stream().anyMatch(each -> each.kind() == PropertyDescription.Kind.SAFETY);
        this.guesses = hasSafety && settings.assumptions().answers() > 0;
        this.answers = new SeenAnswers(machine, parts.self());
        SearchSettings search = SearchSettings.DEFAULT
                .withKind(SearchKind.CONSEQUENCE)
                .withMaxWorlds(settings.worlds())
                .withMaxDepth(settings.depth())
                .beyondViolations();
        this.foresight = new Foresight<>(parts.outlook(), parts.self(), search, parts.resources());
    }

    /** Steering as the settings say; none when the mode is off. */
    public static <S> Steering<S> of(Parts<S> parts, SteeringSettings settings) {
        return settings.mode() == SteeringMode.OFF ? Steering.none() : new Controller<>(parts, settings);
    }

    private SteeredNode<S> node() {
        return Objects.requireNonNull(node, "steering is not attached to a node");
    }

    private Pace pace() {
        return Objects.requireNonNull(pace, "steering is not attached to a node");
    }

    @Override
    public boolean looksAhead() {
        return hasSafety;
    }

    @Override
    public void attached(SteeredNode<S> steered) {
        node = steered;
        pace = new Pace(settings, steered);
        check.attached(steered);
    }

    @Override
    public void replaced() {
        isRetired = true;
    }

    /** The event filters that are in place. */
    List<EventFilter> filters() {
        return filters.all(node().nowNanos());
    }

    @Override
    public void handled() {
        if (hasSafety && !isWatching) {
            isWatching = true;
            node().schedule(pace().untilWatchNanos(), () -> busy(this::watch));
        }
    }

    /** Runs what is not called in a round of gathering: it counts as a part of one. */
    private void busy(Runnable task) {
        node().gatheringTime().during(task);
    }

    private void watch() {
        isWatching = false;
        if (isRetired) {
            return;
        } else if (isLooking) {
            // Nothing is gathered that could not be looked at.
            isWatchMissed = true;
            return;
        }
        pace().watched();
        answers.lookAgain();
        StateWriter out = new StateWriter();
        machine.write(node().state(), out);
        long fingerprint = out.fingerprint();
        if (fingerprint != watchedFingerprint) {
            watchedFingerprint = fingerprint;
            node().gatherSoon();
        }
    }

    @Override
    public void advised(NodeId peer, String path) {
        long now = node().nowNanos();
        if (hasSafety
                && isInPlay()
                && advices.take(
                        peer,
                        path,
                        parts.experience(),
                        now,
                        now + settings.expiry().toNanos())) {
            isAdvised = true;
            node().gatherSoon();
        }
    }

    /** Whether it says, at least, what it would do. */
    private boolean isInPlay() {
        return settings.mode() != SteeringMode.OBSERVE;
    }

    @Override
    public void gathered() {
        if (!hasSafety || isWaiting || isRetired) {
            return;
        } else if (isLooking) {
            isGatheredMeanwhile = true;
            return;
        }
        long waitNanos = pace().untilLookNanos();
        if (waitNanos > 0) {
            isWaiting = true;
            node().schedule(waitNanos, () -> {
                isWaiting = false;
                busy(this::lookAhead);
            });
        } else {
            lookAhead();
        }
    }

    private void lookAhead() {
        Optional<Snapshot<S>> cut = isRetired ? Optional.empty() : node().consistentSnapshot();
        if (cut.isEmpty()) {
            return;
        }
        long begunNanos = node().nowNanos();
        SystemSnapshot<S> snapshot = parts.outlook().system(cut.get(), begunNanos);
        long fingerprint = fingerprint(snapshot);
        if (fingerprint == lookedFingerprint
                && !isAdvised
                && filters.renewLatest(
                        begunNanos, begunNanos + settings.expiry().toNanos())) {
            renewInTime();
            return;
        }
        isAdvised = false;
        isLooking = true;
        lookedFingerprint = fingerprint;
        long ageNanos = cut.get().oldestNanos();
        List<Event.Call> asked = List.copyOf(calls);
        List<BadPath> known = parts.experience().known();
        known.addAll(advices.hints(begunNanos));
        List<Answers.Seen> seen = answers.all();
        PredictionExecutor predictions = parts.predictions();
        AtomicLong usedNanos = new AtomicLong();
        predictions.execute(
                () -> {
                    long before = predictions.processorNanos();
                    Foreseen foreseen = foresight.look(snapshot, known, asked, seen);
                    usedNanos.set(predictions.processorNanos() - before);
                    return foreseen;
                },
                foreseen -> busy(() -> looked(foreseen, snapshot, begunNanos, ageNanos, usedNanos.get())));
    }

    private void looked(
            Optional<Foreseen> foreseen, SystemSnapshot<S> snapshot, long begunNanos, long ageNanos, long usedNanos) {
        isLooking = false;
        if (isRetired) {
            return;
        }
        long now = node().nowNanos();
        pace().looked(now - begunNanos, usedNanos);
        foreseen.ifPresent(found -> {
            found.failure().ifPresent(parts.listener()::unanswered);
            advices.looked(found);
            if (!found.isInVain()) {
                filters.lookedAhead();
            }
            found.dangers().forEach(danger -> act(danger, snapshot));
            renewInTime();
            found.possible().forEach(this::tellOfGuess);
            int unhelpful = (int)
                    found.dangers().stream().filter(each -> !each.isAvoidable()).count();
            parts.listener()
                    .lookedAhead(new LookAhead(
                            found.worlds(),
                            found.depth(),
                            found.dangers().size(),
                            unhelpful,
                            found.possible().size(),
                            now - begunNanos,
                            ageNanos));
        });
        if (foreseen.isEmpty() || foreseen.get().isInVain()) {
            lookAgain();
        } else {
            looksInVain = 0;
        }
        if (isWatchMissed) {
            isWatchMissed = false;
            handled();
        }
        if (isGatheredMeanwhile) {
            isGatheredMeanwhile = false;
            gathered();
        }
    }

    /** Where nothing changes nothing else makes the node look again, and what it rests on holds all the same. */
    private void renewInTime() {
        if (!isRenewing && filters.hasLatest()) {
            isRenewing = true;
            long inTimeNanos = settings.expiry().toNanos() / 4 * 3;
            node().schedule(Math.max(inTimeNanos, settings.interval().toNanos()), () -> {
                isRenewing = false;
                gatherAgain();
            });
        }
    }

    /** What ended one look may end the next: so ever later, and not for ever, unless something changes. */
    private void lookAgain() {
        lookedFingerprint = 0;
        watchedFingerprint = 0;
        if (looksInVain < MOST_TRIED_AGAIN) {
            looksInVain++;
            node().schedule(settings.interval().toNanos() << looksInVain, this::gatherAgain);
        }
    }

    private void gatherAgain() {
        if (!isRetired) {
            node().gatherSoon();
        }
    }

    private void act(Danger danger, SystemSnapshot<S> snapshot) {
        if (parts.experience().learn(danger)) {
            parts.listener().foreseen(danger);
        }
        if (isInPlay() && danger.advisor().isEmpty()) {
            advices.tell(danger, audience.of(danger, snapshot), node());
        }
        if (danger.isAvoidable() && isInPlay()) {
            long now = node().nowNanos();
            filters.install(danger, now, now + settings.expiry().toNanos()).ifPresent(parts.listener()::installed);
        }
    }

    /** No more than that: nobody is to suffer for what a node may do of which nothing is known. */
    private void tellOfGuess(Danger danger) {
        if (guessed.add(danger.property())) {
            parts.listener().possible(danger);
        }
    }

    private long fingerprint(SystemSnapshot<S> snapshot) {
        StateWriter out = new StateWriter();
        snapshot.nodes().forEach((id, known) -> {
            out.writeNodeId(id);
            machine.write(known.checkpoint().state(), out);
            known.checkpoint().timers().keySet().forEach(out::writeString);
            known.checkpoint().deferred().forEach(each -> machine.writeMessage(each.message(), out));
        });
        snapshot.flights(settings.depth()).forEach(flight -> {
            out.writeNodeId(flight.from());
            out.writeNodeId(flight.to());
            flight.messages().forEach(each -> machine.writeMessage(each.message(), out));
        });
        return out.fingerprint();
    }

    @Override
    public List<Alternative> admitted(Event event, long sequence, List<Alternative> alternatives, S state) {
        if (event instanceof Event.Delivery delivery) {
            if (guesses) {
                answers.received(delivery.from(), delivery.message());
            }
        } else if (event instanceof Event.Call call) {
            remember(call);
        }
        if (filters.isEmpty()) {
            return alternatives;
        }
        List<EventFilter> looking = filters.lookingAt(event, node().nowNanos());
        return looking.isEmpty() ? alternatives : filtered(event, sequence, alternatives, state, looking);
    }

    @Override
    public void sent(NodeId to, Object message) {
        if (guesses) {
            answers.sent(to, message);
        }
    }

    private void remember(Event.Call call) {
        if (!calls.contains(call)) {
            if (calls.size() == MOST_CALLS) {
                calls.remove(calls.iterator().next());
            }
            calls.add(call);
        }
    }

    private List<Alternative> filtered(
            Event event, long sequence, List<Alternative> alternatives, S state, List<EventFilter> looking) {
        List<Alternative> all = machine.alternatives(state, event, new GuardNode(parts.self()));
        SystemSnapshot<S> known;
        try {
            known = evidence(event);
        } catch (RuntimeException failure) {
            parts.listener().unanswered(failure);
            return alternatives;
        }
        List<Alternative> left = new ArrayList<>(alternatives);
        for (EventFilter filter : looking) {
            List<Alternative> bad = bad(filter, event, sequence, left, all, known);
            filter.tested(!bad.isEmpty());
            if (!bad.isEmpty()) {
                left.removeAll(bad);
                tell(event, bad, filter, left.isEmpty());
            }
        }
        return settings.mode() == SteeringMode.STEER ? left : alternatives;
    }

    /** Those of the alternatives that lead to what the filter is there against; none when the author's code throws over it. */
    private List<Alternative> bad(
            EventFilter filter,
            Event event,
            long sequence,
            List<Alternative> alternatives,
            List<Alternative> all,
            SystemSnapshot<S> known) {
        NodeId self = parts.self();
        Danger danger = filter.danger();
        try {
            Rehearsal<S> rehearsal = new Rehearsal<>(
                    parts.outlook().aboutTo(known, self, event, sequence, danger.actions()), MOST_RUNS_OF_A_TEST);
            return alternatives.stream()
                    .filter(each -> rehearsal.leadsToViolation(self, event, all.indexOf(each), all.size(), danger))
                    .toList();
        } catch (RuntimeException failure) {
            parts.listener().unanswered(failure);
            return List.of();
        }
    }

    private void tell(Event event, List<Alternative> bad, EventFilter filter, boolean isAll) {
        boolean steers = settings.mode() == SteeringMode.STEER;
        Intervention.Kind kind = isAll ? Intervention.Kind.FILTER : Intervention.Kind.VETO;
        for (Alternative alternative : bad) {
            String handler = machine.handlers().get(alternative.handler()).name();
            parts.listener()
                    .intervened(new Intervention(parts.self(), event, handler, filter.property(), kind, steers));
        }
    }

    /**
     * What may count against an event: where peers are not trusted, only what this node knows of itself and, of a message,
     * what its sender says of itself (docs/steering.md, "Whose word counts").
     */
    private SystemSnapshot<S> evidence(Event event) {
        SystemSnapshot<S> known = parts.outlook().system(node().roundSnapshot(), node().nowNanos());
        if (parts.trustsPeers()) {
            return known;
        }
        NodeId source = event instanceof Event.Delivery delivery ? delivery.from() : parts.self();
        return known.only(Set.of(parts.self(), source));
    }

    @Override
    public boolean tries(Event event) {
        return check.tries(event);
    }

    @Override
    public boolean isHarmless(Event event, Alternative taken, S after) {
        return check.isHarmless(event, taken, after);
    }

    @Override
    public boolean accepts(Event event, Alternative taken, S before, S after, Step<S> step) {
        return check.accepts(event, taken, before, after, step);
    }
}
