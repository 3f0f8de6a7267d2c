package dev.foresail.eval.macetree;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.macetree.MaceMessages.Join;
import dev.foresail.eval.macetree.MaceRandTree.ControlState;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.InitialWorld;
import dev.foresail.predictor.model.SystemModel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The worlds in which an exploration of {@link MaceRandTree} may begin; node 0 is the root, or to be. */
enum MaceSnapshot {
    /** Nobody has joined; each node knows the one before it. Resets and crashes of all. */
    INITIAL,
    /** 0 above 1 above 2. Silent resets of 2. */
    CHAIN,
    /** As CHAIN, with 3, 4 and 5 yet to join. Silent resets of 0, 1, 2. */
    CHAIN_WIDE,
    /** 0 knows nobody and 1 knows 0; nobody has joined. No failures. */
    ALONE,
    /** 1 and 2 below 0; 3, which knows 2, is yet to join. Crashes of 0. */
    STAR,
    /** As STAR, with 3 having just asked 2. */
    STAR_JOINING,
    /** As STAR, but 3 below 1, and 4, which knows 0, yet to join. Silent resets of 0 to 3. */
    STAR_BELOW;

    private static final NodeId ROOT = NodeId.of(0);

    /** As written on the command line. */
    static Optional<MaceSnapshot> named(String name) {
        return Arrays.stream(values()).filter(each -> each.text().equals(name)).findFirst();
    }

    String text() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Whom each node is told of when it joins. */
    private SortedMap<NodeId, List<NodeId>> peers(int nodes) {
        SortedMap<NodeId, List<NodeId>> peers = new TreeMap<>();
        int count = switch (this) {
            case INITIAL -> nodes;
            case CHAIN -> 3;
            case CHAIN_WIDE -> 6;
            case ALONE -> 2;
            case STAR, STAR_JOINING -> 4;
            case STAR_BELOW -> 5;
        };
        for (long number = 1; number < count; number++) {
            peers.put(NodeId.of(number), List.of(this == INITIAL ? NodeId.of(number - 1) : ROOT));
        }
        boolean isFirst = this == INITIAL || this == ALONE;
        peers.put(ROOT, isFirst ? List.of() : List.of(NodeId.of(1)));
        if (this == STAR || this == STAR_JOINING) {
            peers.put(NodeId.of(3), List.of(NodeId.of(2)));
        }
        return peers;
    }

    /** Describes the system from here on: nodes, failures, what the application asks for, the initial world. */
    void describe(SystemModel.Builder<MaceRandTree> model, String bug, int nodes, int failures) {
        SortedMap<NodeId, List<NodeId>> peers = peers(nodes);
        peers.keySet().forEach(node -> model.node(node, Map.of("bug", bug)));
        peers.forEach((node, known) -> model.offer(node, "joinOverlay", known));
        model.failures(failures(failures).withoutRefusals());
        model.initially(world -> fill(world, new Images(model, peers)));
    }

    private Failures failures(int count) {
        NodeId one = NodeId.of(1);
        NodeId two = NodeId.of(2);
        return switch (this) {
            case INITIAL -> Failures.NONE.withSilentResets(count).withCrashes(count);
            case CHAIN -> Failures.NONE.withSilentResets(count, two);
            case CHAIN_WIDE -> Failures.NONE.withSilentResets(count, ROOT, one, two);
            case ALONE -> Failures.NONE;
            case STAR, STAR_JOINING -> Failures.NONE.withCrashes(count, ROOT);
            case STAR_BELOW -> Failures.NONE.withSilentResets(count, ROOT, one, two, NodeId.of(3));
        };
    }

    private void fill(InitialWorld<MaceRandTree> world, Images images) {
        Map<Long, MaceRandTree> joined = new LinkedHashMap<>();
        switch (this) {
            case INITIAL, ALONE -> {}
            case CHAIN, CHAIN_WIDE -> {
                joined.put(0L, images.joined(0, 0, List.of(1L), List.of()));
                joined.put(1L, images.joined(1, 0, List.of(2L), List.of(1L)));
                joined.put(2L, images.joined(2, 1, List.of(), List.of(2L)));
            }
            default -> {
                boolean isBelow = this == STAR_BELOW;
                joined.put(0L, images.joined(0, 0, List.of(1L, 2L), List.of()));
                joined.put(1L, images.joined(1, 0, isBelow ? List.of(3L) : List.of(), List.of(1L, 2L)));
                joined.put(2L, images.joined(2, 0, List.of(), List.of(1L, 2L)));
                if (isBelow) {
                    joined.put(3L, images.joined(3, 1, List.of(), List.of(3L)));
                }
            }
        }
        joined.forEach((number, state) -> world.state(NodeId.of(number), state, "recovery"));
        if (this == STAR_JOINING) {
            NodeId joiner = NodeId.of(3);
            NodeId asked = NodeId.of(2);
            world.state(joiner, images.joining(joiner, asked), "join", "recovery");
            world.inFlight(joiner, asked, new Join(joiner, Optional.empty()));
        }
    }

    /** Makes nodes that are under way. */
    private record Images(SystemModel.Builder<MaceRandTree> model, SortedMap<NodeId, List<NodeId>> peers) {
        /** @param parent the node itself: it is the root */
        MaceRandTree joined(long number, long parent, List<Long> children, List<Long> siblings) {
            NodeId self = NodeId.of(number);
            MaceRandTree node = known(self);
            node.state = ControlState.JOINED;
            node.root = ROOT;
            node.parent = number == parent ? Optional.empty() : Optional.of(NodeId.of(parent));
            children.forEach(child -> node.children.add(NodeId.of(child)));
            siblings.forEach(sibling -> node.siblings.add(NodeId.of(sibling)));
            return node;
        }

        MaceRandTree joining(NodeId self, NodeId asked) {
            MaceRandTree node = known(self);
            node.state = ControlState.JOINING;
            node.root = self;
            node.bootstrap = Optional.of(asked);
            node.lastProbed = Optional.of(asked);
            return node;
        }

        private MaceRandTree known(NodeId self) {
            MaceRandTree node = model.create(self);
            node.isRecovering = true;
            node.peers.addAll(peers.getOrDefault(self, List.of()));
            return node;
        }
    }
}
