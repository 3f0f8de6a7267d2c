package dev.foresail.predictor.resolve;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.RestingNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Which choice is to be predicted before its event comes (docs/decisions/033-choices-resolved-ahead.md): one that a likely event would be now, whose values are not known. Within a budget of
 * counts, so that nodes that hardly choose hardly predict and decisions do not depend on the machine. Used on the node's thread only.
 */
final class PreResolution<S> {
    /** So much is resolved ahead for each choice that has come. */
    private static final int AHEAD_PER_DECISION = 4;

    private static final int MOST_AHEAD = 4 * AHEAD_PER_DECISION;

    /** A timer's choice is resolved ahead when it goes off within this part of the horizon, and soon: the world goes on from what is predicted before. */
    private static final int TIMER_AHEAD_DIVISOR = 6;

    private static final long SOON_NANOS = 200_000_000L;

    private final Machine<S> machine;
    private final Features<S> features;
    private final Predicate<String> own;
    private final ValueCache cache;
    private final long lifeNanos;
    private final long soonNanos;
    private final LikelyEvents<S> likelyEvents;
    /** How many more choices may be resolved ahead. */
    private int allowance = AHEAD_PER_DECISION;

    /**
     * @param features for the node's thread
     * @param own which choices, by their names, are thought of
     * @param cache where values may be known
     * @param horizonNanos of the objective
     * @param lifeNanos how old known values get
     */
    PreResolution(
            Machine<S> machine,
            Features<S> features,
            Predicate<String> own,
            ValueCache cache,
            long horizonNanos,
            long lifeNanos) {
        this.machine = machine;
        this.features = features;
        this.own = own;
        this.cache = cache;
        this.lifeNanos = lifeNanos;
        this.soonNanos = Math.min(horizonNanos / TIMER_AHEAD_DIVISOR, SOON_NANOS);
        this.likelyEvents = new LikelyEvents<>(machine);
    }

    /** A choice that has not come. */
    record Coming(Event event, List<Alternative> alternatives, long features) {
        Coming {
            alternatives = List.copyOf(alternatives);
        }
    }

    /** Whether there may be choices in this protocol that can be foreseen. */
    boolean isPossible() {
        return likelyEvents.arePossible();
    }

    /** An event comes, to a node with this state. */
    void met(NodeId self, S state, Event event) {
        likelyEvents.met(self, state, event);
    }

    /** A choice has come: more may be resolved ahead. */
    void earn() {
        allowance = Math.min(MOST_AHEAD, allowance + AHEAD_PER_DECISION);
    }

    /** One was resolved ahead, or could not be. */
    void spend() {
        allowance = Math.max(0, allowance - 1);
    }

    /**
     * A choice to be predicted now; empty when there is none, or none may be. What the author's code throws is thrown.
     *
     * @param ownAggregates what the node's own aggregates come to ({@link Features#own})
     */
    Optional<Coming> next(RestingNode<S> node, long ownAggregates) {
        if (allowance <= 0) {
            return Optional.empty();
        }
        for (Event event : likelyEvents.all()) {
            Optional<Coming> coming = choice(node, ownAggregates, event);
            if (coming.isPresent()) {
                return coming;
            }
        }
        return Optional.empty();
    }

    private Optional<Coming> choice(RestingNode<S> node, long ownAggregates, Event event) {
        if (event instanceof Event.TimerFired timer && !isDueSoon(node.timerDueNanos(timer.name()))) {
            return Optional.empty();
        }
        List<Alternative> alternatives = machine.alternatives(node.state(), event, new GuardNode(node.self()));
        if (!EventRules.isChoice(alternatives)
                || EventRules.disposition(machine, event, alternatives) != EventRules.Disposition.RUN
                || !features.areEstimatesAlone(node.self(), node.channels(), alternatives)) {
            return Optional.empty();
        }
        String choice = EventRules.choiceName(machine, alternatives);
        if (!own.test(choice)) {
            return Optional.empty();
        }
        long fingerprint = features.fingerprint(
                choice, node.self(), ownAggregates, node.state(), node.channels(), event, alternatives);
        boolean isRepeatable = EventRules.isRepeatable(machine, alternatives);
        return cache.isFresh(fingerprint, isRepeatable, isRepeatable ? mostOfRepeatable(event) : lifeNanos)
                ? Optional.empty()
                : Optional.of(new Coming(event, alternatives, fingerprint));
    }

    /** A timer comes, and is worth values that are new; whether any other event does is not known, and its values are made anew when they are used. */
    private static long mostOfRepeatable(Event event) {
        return event instanceof Event.TimerFired ? PredictedResolver.REFRESH_NANOS : Long.MAX_VALUE;
    }

    private boolean isDueSoon(OptionalLong dueNanos) {
        return dueNanos.isPresent() && dueNanos.getAsLong() <= soonNanos;
    }
}
