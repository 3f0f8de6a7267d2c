package dev.foresail.steering.control;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.guardrail.QuestionFailedException;
import dev.foresail.predictor.node.SteeredNode;
import dev.foresail.predictor.view.GuardedQuestions;
import dev.foresail.predictor.view.Picture;
import dev.foresail.predictor.view.PictureView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks safety properties of several nodes whether a handler has made them false of what has happened, as far as this node can
 * know (docs/decisions/011).
 *
 * <p>Idea: what stable fields say of the past stays true, so a view of them is never outdated, only incomplete; and a property
 * that is violated by some of the facts, of all others unknown, is violated. Only properties that read nothing else are asked,
 * and only when the handler has changed a stable field.
 *
 * <p>Where a peer's word about others is not believed, it counts against that peer's own events, and against all when another
 * peer's word alone leads to a violation too: so one liar cannot turn a node against an honest peer by what it says of third
 * nodes. On the node's thread only.
 */
final class HistoryCheck<S> {
    private final Machine<S> machine;
    private final NodeId self;
    private final List<PropertyDescription<S>> properties;
    private final UnansweredProperties unanswered;

    HistoryCheck(Machine<S> machine, NodeId self, UnansweredProperties unanswered) {
        this.machine = machine;
        this.self = self;
        this.unanswered = unanswered;
        this.properties = machine.properties().stream()
                .filter(property -> property.kind() == PropertyDescription.Kind.SAFETY)
                .filter(PropertyDescription::readsOnlyStable)
                .toList();
    }

    /** Whether there is anything to ask. */
    boolean isUsed() {
        return !properties.isEmpty();
    }

    /** Whether a handler has surely added nothing to what has happened: all that {@code after} says was known before. */
    boolean isUntouched(S after, SteeredNode<S> node) {
        S past = node.stableFacts().get(self);
        return past != null && !machine.hasNewStable(after, past);
    }

    /** The first property that holds of the past with the state {@code before}, and not with the state {@code after}. */
    Optional<String> violated(Event event, S before, S after, SteeredNode<S> node) {
        if (properties.isEmpty() || machine.hasSameStable(before, after)) {
            return Optional.empty();
        }
        Optional<String> known = violated(before, after, node.stableFacts());
        return known.isPresent() ? known : claimed(event, before, after, node);
    }

    /** As {@link #violated}, by what peers say of others: the one that the event comes from, or any two. */
    private Optional<String> claimed(Event event, S before, S after, SteeredNode<S> node) {
        Optional<String> first = Optional.empty();
        for (Map.Entry<NodeId, SortedMap<NodeId, S>> claims :
                node.stableClaims().entrySet()) {
            Optional<String> violated =
                    with(claims.getValue(), node.stableFacts()).flatMap(facts -> violated(before, after, facts));
            boolean ownEvent =
                    event instanceof Event.Delivery delivery && delivery.from().equals(claims.getKey());
            if (violated.isPresent() && (ownEvent || first.isPresent())) {
                return violated;
            }
            first = first.or(() -> violated);
        }
        return Optional.empty();
    }

    /** The facts with the claims added; empty when these say nothing new, as they mostly do. */
    private Optional<SortedMap<NodeId, S>> with(SortedMap<NodeId, S> claims, SortedMap<NodeId, S> facts) {
        SortedMap<NodeId, S> all = new TreeMap<>(facts);
        boolean adds = false;
        for (Map.Entry<NodeId, S> claim : claims.entrySet()) {
            S known = facts.get(claim.getKey());
            if (known == null || machine.hasNewStable(claim.getValue(), known)) {
                S union = machine.copy(claim.getValue());
                if (known != null) {
                    machine.mergeStable(known, union);
                }
                all.put(claim.getKey(), union);
                adds = true;
            }
        }
        return adds ? Optional.of(all) : Optional.empty();
    }

    private Optional<String> violated(S before, S after, SortedMap<NodeId, S> facts) {
        SystemView<S> past = view(before, facts);
        SystemView<S> present = view(after, facts);
        return properties.stream()
                .filter(property -> isViolated(property, present) && !isViolated(property, past))
                .map(PropertyDescription::name)
                .findFirst();
    }

    private SystemView<S> view(S own, SortedMap<NodeId, S> facts) {
        SortedMap<NodeId, Picture<S>> pictures = new TreeMap<>();
        facts.forEach((node, image) -> pictures.put(node, new Picture<>(image, Map.of(), 0)));
        S past = facts.get(self);
        S whole = own;
        if (past != null && machine.hasNewStable(past, own)) {
            whole = machine.copy(own);
            machine.mergeStable(past, whole);
        }
        pictures.put(self, new Picture<>(whole, Map.of(), 0));
        return new PictureView<>(machine, pictures, false);
    }

    private boolean isViolated(PropertyDescription<S> property, SystemView<S> view) {
        try {
            return GuardedQuestions.of(machine, property, view) == Verdict.VIOLATED;
        } catch (QuestionFailedException failed) {
            unanswered.add(property.name(), failed);
            return false;
        }
    }
}
