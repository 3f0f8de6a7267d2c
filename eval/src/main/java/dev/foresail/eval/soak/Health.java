package dev.foresail.eval.soak;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.view.Picture;
import dev.foresail.predictor.view.PictureView;
import dev.foresail.randtree.ControlState;
import dev.foresail.randtree.RandTree;
import dev.foresail.randtree.RandTreeMachine;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether a tree is whole: all have joined, agree on one root, and no safety property is violated. That nobody lists a child
 * that has left is not asked: a parent learns of a silent reset when it sends something to the child, and it may have
 * nothing to say.
 *
 * @param outside how many nodes are not in the largest tree of nodes that have joined, those that do not answer too
 * @param violated the names of the properties that do not hold, whether they are asked or not
 */
record Health(long outside, List<String> violated) {
    private static final RandTreeMachine MACHINE = new RandTreeMachine();
    private static final Set<String> NOT_ASKED = Set.of("linksAgree", "siblingsAgree");

    /**
     * Of {@code nodes} nodes.
     *
     * @param states of those that answer
     */
    static Health of(int nodes, SortedMap<NodeId, RandTree> states) {
        SortedMap<NodeId, Picture<RandTree>> pictures = new TreeMap<>();
        states.forEach((node, state) -> pictures.put(node, new Picture<>(state, new TreeMap<>(), 0)));
        PictureView<RandTree> view = new PictureView<>(MACHINE, pictures, true);
        List<String> violated = MACHINE.properties().stream()
                .filter(property -> !property.holds(view))
                .map(PropertyDescription::name)
                .toList();
        long largest = states.keySet().stream()
                .flatMap(node -> top(node, states).stream())
                .collect(Collectors.groupingBy(top -> top, Collectors.counting()))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        return new Health(nodes - largest, violated);
    }

    /** The root that a node's parents lead to; empty when they do not lead to a node that has joined and has no parent. */
    private static Optional<NodeId> top(NodeId node, SortedMap<NodeId, RandTree> states) {
        NodeId at = node;
        for (int steps = 0; steps <= states.size(); steps++) {
            RandTree state = states.get(at);
            if (state == null || state.state() != ControlState.JOINED) {
                return Optional.empty();
            }
            if (state.parent().isEmpty()) {
                return Optional.of(at);
            }
            at = state.parent().get();
        }
        return Optional.empty();
    }

    /** How many of the properties that are asked do not hold. */
    long missing() {
        return violated.stream().filter(name -> !NOT_ASKED.contains(name)).count();
    }

    boolean isWhole() {
        return outside == 0 && missing() == 0;
    }
}
