package dev.foresail.steering.control;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.guardrail.QuestionFailedException;
import dev.foresail.predictor.node.Checkpoint;
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
 * Asks the safety properties of several nodes, after a handler was tried, of this node with those checkpoints of its
 * neighbours that make one consistent set with it (CrystalBall section 4.2).
 *
 * <p>Idea: nobody in such a set knows of what another does after it, so that all may have been so at one time; where a
 * protocol keeps a property whatever the order of events, no such set violates it. So pictures of different ages alone never turn an
 * event away. Trade-off: the first message that was sent behind the cut ends the set, whoever it is from, until the next round.
 * Weakness: what others have done since, without telling, is not seen.
 *
 * <p>On the node's thread only.
 */
final class ConsistentSetCheck<S> {
    private final Machine<S> machine;
    private final NodeId self;
    private final boolean trustsPeers;
    private final UnansweredProperties unanswered;

    /** @param trustsPeers whether what a peer says of itself counts against the events of others */
    ConsistentSetCheck(Machine<S> machine, NodeId self, boolean trustsPeers, UnansweredProperties unanswered) {
        this.machine = machine;
        this.self = self;
        this.trustsPeers = trustsPeers;
        this.unanswered = unanswered;
    }

    /** Those of a machine's properties that are for this check. */
    static <S> List<PropertyDescription<S>> properties(Machine<S> machine) {
        return machine.properties().stream()
                .filter(property -> property.kind() == PropertyDescription.Kind.SAFETY)
                .filter(property -> property.atEachNode().isEmpty() && !property.readsOnlyStable())
                .toList();
    }

    /** Whether none of the properties is known to be violated; throws nothing, and logs nothing. */
    boolean areSurelyKept(List<PropertyDescription<S>> properties, Event event, S after, SteeredNode<S> node) {
        if (properties.isEmpty()) {
            return true;
        }
        PictureView<S> view = view(after, neighbours(event, node));
        try {
            return properties.stream()
                    .allMatch(property -> GuardedQuestions.of(machine, property, view) != Verdict.VIOLATED);
        } catch (QuestionFailedException failed) {
            // It fails once more, to be told of, when each is asked by itself.
            return false;
        }
    }

    /** The first property that is violated with the state {@code after}, and not with the state {@code before}. */
    Optional<String> violated(
            List<PropertyDescription<S>> properties, Event event, S before, S after, SteeredNode<S> node) {
        if (properties.isEmpty()) {
            return Optional.empty();
        }
        SortedMap<NodeId, Checkpoint<S>> neighbours = neighbours(event, node);
        PictureView<S> present = view(after, neighbours);
        PictureView<S> past = view(before, neighbours);
        return properties.stream()
                .filter(property -> isViolated(property, present) && !isViolated(property, past))
                .map(PropertyDescription::name)
                .findFirst();
    }

    private SortedMap<NodeId, Checkpoint<S>> neighbours(Event event, SteeredNode<S> node) {
        SortedMap<NodeId, Checkpoint<S>> known = new TreeMap<>(node.consistentWhenHandling(event));
        if (!trustsPeers) {
            known.keySet()
                    .removeIf(peer -> !(event instanceof Event.Delivery delivery
                            && delivery.from().equals(peer)));
        }
        return known;
    }

    private PictureView<S> view(S own, SortedMap<NodeId, Checkpoint<S>> neighbours) {
        SortedMap<NodeId, Picture<S>> pictures = new TreeMap<>();
        neighbours.forEach((peer, checkpoint) -> pictures.put(peer, new Picture<>(checkpoint.state(), Map.of(), 0)));
        pictures.put(self, new Picture<>(own, Map.of(), 0));
        return new PictureView<>(machine, pictures, false);
    }

    private boolean isViolated(PropertyDescription<S> property, PictureView<S> view) {
        try {
            return GuardedQuestions.of(machine, property, view) == Verdict.VIOLATED;
        } catch (QuestionFailedException failed) {
            unanswered.add(property.name(), failed);
            return false;
        }
    }
}
