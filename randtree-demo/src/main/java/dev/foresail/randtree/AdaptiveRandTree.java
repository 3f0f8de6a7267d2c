package dev.foresail.randtree;

import dev.foresail.choice.Default;
import dev.foresail.choice.From;
import dev.foresail.choice.Histogram;
import dev.foresail.choice.Liveness;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import dev.foresail.randtree.RandTreeMessages.Join;
import dev.foresail.randtree.RandTreeMessages.JoinReply;
import dev.foresail.randtree.RandTreeMessages.NewRoot;
import dev.foresail.randtree.RandTreeMessages.Probe;
import dev.foresail.randtree.RandTreeMessages.ProbeJoin;
import dev.foresail.randtree.RandTreeMessages.Rejoin;
import dev.foresail.randtree.RandTreeMessages.Remove;
import dev.foresail.randtree.RandTreeMessages.Status;
import dev.foresail.randtree.RandTreeMessages.UpdateSiblings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * RandTree with the policy that matches the predicted choice without any prediction: every node keeps a model of the
 * trees below its children. Nodes report the levels of their subtree to the parent; to the last report of a child, the
 * parent adds what it has handed over since, as far as the report does not cover it. A Join goes where the mean level
 * comes out lowest. Everything else is as in {@link BaselineRandTree}.
 */
@Protocol("randtree-adaptive")
public final class AdaptiveRandTree implements RandTreeState {
    final int maxChildren;
    final Duration joinTimeout;
    final Duration recoveryTimeout;

    ControlState state = ControlState.INIT;
    NodeId root = NodeId.of(0);
    Optional<NodeId> parent = Optional.empty();
    NodeId bootstrap = NodeId.of(0);
    NodeId lastProbed = NodeId.of(0);
    final SortedSet<NodeId> children = new TreeSet<>();
    final SortedSet<NodeId> siblings = new TreeSet<>();
    final SortedSet<NodeId> peers = new TreeSet<>();

    // choice code

    /**
     * What a node tells its parent whenever it changes.
     *
     * @param levels the nodes on each level of the sender's subtree, the sender on level 1
     * @param joinsReceived how many Joins it has got from the parent since that is its parent, at least 0
     */
    public record Report(Histogram levels, int joinsReceived) {}

    /** The last report of each child; before its first one, what its Join told. */
    final SortedMap<NodeId, Histogram> reported = new TreeMap<>();
    /** How many Joins each child has been handed since it is a child. */
    final SortedMap<NodeId, Integer> joinsSent = new TreeMap<>();
    /** The Joins handed to each child that no report covers yet, oldest first. */
    final SortedMap<NodeId, List<Join>> uncovered = new TreeMap<>();

    int joinsReceived;
    Histogram lastReported = Histogram.EMPTY;

    // end of choice code

    public AdaptiveRandTree(
            @Default("2") int maxChildren,
            @Default("5s") Duration joinTimeout,
            @Default("10s") Duration recoveryTimeout) {
        this.maxChildren = maxChildren;
        this.joinTimeout = joinTimeout;
        this.recoveryTimeout = recoveryTimeout;
    }

    @OnStart
    void start(Node node) {
        root = node.self();
    }

    @OnCall
    void joinOverlay(List<NodeId> known, Node node) {
        boolean knewNobody = peers.isEmpty();
        peers.addAll(known);
        peers.remove(node.self());
        node.setTimer("recovery", recoveryTimeout); // RT-2: also while nobody is known yet
        if (peers.isEmpty()) {
            becomeRoot(node);
        } else if (knewNobody) {
            ask(peers.first(), node);
        }
    }

    @OnTimer("join")
    void joinTimedOut(Node node) {
        if (state == ControlState.JOINING) {
            node.note("unreachable: " + bootstrap);
            ask(Peers.next(peers, bootstrap, children).orElse(bootstrap), node);
            root = node.self();
        }
    }

    @OnMessage
    void join(Join join, @From NodeId from, Node node) {
        NodeId joiner = join.joiner();
        countJoin(from); // choice code
        switch (JoinStep.of(join, from, this, node.self())) {
            case REFUSE -> node.send(joiner, JoinReply.beRoot(Status.LOOP_ERROR, joiner)); // (b)
            case RELAY -> node.send(root, join.up()); // (a)
            case GIVE_WAY -> { // (c)
                node.send(joiner, JoinReply.beRoot(Status.ROOT_FORCE, joiner));
                ask(joiner, node);
            }
            case ADOPT -> adopt(join, node); // (d), (e)
            case DELEGATE -> handOver(join, choose(join), node); // choice code
            default -> {} // not asked to join yet
        }
    }

    // choice code

    /** The child with which the mean level of this subtree stays lowest; the first of equals. */
    private NodeId choose(Join join) {
        NodeId best = children.first();
        double lowest = Double.POSITIVE_INFINITY;
        for (NodeId candidate : children) {
            Histogram levels = Histogram.one();
            for (NodeId child : children) {
                Histogram below = child.equals(candidate) ? withJoin(estimate(child), join) : estimate(child);
                levels = levels.plusShifted(below, 1);
            }
            if (levels.mean() < lowest) {
                lowest = levels.mean();
                best = candidate;
            }
        }
        return best;
    }

    Histogram levels() {
        Histogram levels = Histogram.one();
        for (NodeId child : children) {
            levels = levels.plusShifted(estimate(child), 1);
        }
        return levels;
    }

    private Histogram estimate(NodeId child) {
        Histogram levels = reported.getOrDefault(child, Histogram.one());
        for (Join join : uncovered.getOrDefault(child, List.of())) {
            levels = withJoin(levels, join);
        }
        return levels;
    }

    /** A Join finds its place on the first level with room, with its own subtree below. */
    private static Histogram withJoin(Histogram levels, Join join) {
        int above = levels.firstLevelWithRoom(join.fanout()) - 1;
        return levels.plusShifted(Histogram.ofBalancedTree(join.subtree(), join.fanout()), above);
    }

    private void handOver(Join join, NodeId child, Node node) {
        List<Join> joins = new ArrayList<>(uncovered.getOrDefault(child, List.of()));
        joins.add(join);
        uncovered.put(child, joins);
        joinsSent.merge(child, 1, Integer::sum);
        node.send(child, join.downFrom(root));
        reportToParent(node);
    }

    @OnMessage
    void report(Report report, @From NodeId from, Node node) {
        if (!children.contains(from)) {
            return;
        }
        reported.put(from, report.levels());
        List<Join> joins = uncovered.getOrDefault(from, List.of());
        int stillUncovered = joinsSent.getOrDefault(from, 0) - report.joinsReceived();
        int covered = Math.max(0, joins.size() - Math.max(0, stillUncovered));
        uncovered.put(from, new ArrayList<>(joins.subList(covered, joins.size())));
        reportToParent(node);
    }

    private void startModel(NodeId child, Join join, Node node) {
        reported.put(child, Histogram.ofBalancedTree(join.subtree(), join.fanout()));
        joinsSent.put(child, 0);
        uncovered.put(child, new ArrayList<>());
        reportToParent(node);
    }

    private void endModel(NodeId child, Node node) {
        reported.remove(child);
        joinsSent.remove(child);
        uncovered.remove(child);
        reportToParent(node);
    }

    /** Starts anew with a parent, which counts the Joins that it hands over from its acceptance on. */
    private void startReports(Node node) {
        joinsReceived = 0;
        lastReported = Histogram.EMPTY;
        reportToParent(node);
    }

    private void countJoin(NodeId from) {
        if (isParent(from)) {
            joinsReceived++;
            lastReported = Histogram.EMPTY;
        }
    }

    private void reportToParent(Node node) {
        Histogram levels = levels();
        if (parent.isPresent() && !levels.equals(lastReported)) {
            lastReported = levels;
            node.send(parent.get(), new Report(levels, joinsReceived));
        }
    }

    // end of choice code

    private void adopt(Join join, Node node) {
        children.add(join.joiner());
        startModel(join.joiner(), join, node); // choice code
        siblings.remove(join.joiner()); // RT-1
        node.send(join.joiner(), JoinReply.accepted(root, children));
        if (isRoot(node)) {
            becomeRoot(node);
        }
    }

    @OnMessage
    void joinReply(JoinReply reply, @From NodeId from, Node node) {
        if (state == ControlState.JOINING) {
            if (reply.status() == Status.ACCEPTED) {
                parent = Optional.of(from);
                startReports(node); // choice code
            }
            settle(reply.root(), reply.siblings(), node);
        } else if (reply.status() == Status.ACCEPTED && !isParent(from)) {
            node.send(from, new Remove());
        } else if (reply.status() == Status.ACCEPTED) { // choice code
            startReports(node); // choice code
        }
    }

    /** The answer tells a sender that has meanwhile become a child again, by another way, that it is none. */
    @OnMessage
    void remove(Remove remove, @From NodeId from, Node node) {
        if (children.contains(from)) {
            node.send(from, new Rejoin());
            lose(from, node);
        }
    }

    @OnMessage
    void rejoin(Rejoin rejoin, @From NodeId from, Node node) {
        if (isParent(from)) {
            ask(root, node);
        }
    }

    @OnMessage
    void updateSiblings(UpdateSiblings update, @From NodeId from, Node node) {
        if (isParent(from)) {
            follow(update.root(), update.siblings(), node);
        }
    }

    @OnMessage
    void newRoot(NewRoot news, @From NodeId from, Node node) {
        if (isParent(from)) {
            follow(news.root(), List.copyOf(siblings), node);
            announce(news, node);
        }
    }

    @OnTimer("recovery")
    void recover(Node node) {
        node.setTimer("recovery", recoveryTimeout);
        SortedSet<NodeId> relatives = new TreeSet<>(children);
        relatives.add(root);
        parent.ifPresent(relatives::add);
        Peers.next(peers, lastProbed, relatives).ifPresent(peer -> {
            lastProbed = peer;
            node.send(peer, new Probe(root));
        });
    }

    @OnMessage
    void probe(Probe probe, Node node) {
        if (state == ControlState.JOINED) {
            if (root.compareTo(probe.root()) < 0) {
                node.send(probe.root(), new ProbeJoin(root));
            } else if (root.compareTo(probe.root()) > 0) {
                node.send(root, new ProbeJoin(probe.root()));
            }
        }
    }

    @OnMessage
    void probeJoin(ProbeJoin probe, Node node) {
        if (isRoot(node) && probe.root().compareTo(root) < 0) {
            ask(probe.root(), node);
        }
    }

    @OnConnectionError
    void connectionError(@From NodeId peer, Node node) {
        if (children.contains(peer)) {
            lose(peer, node);
        } else if (isParent(peer)) {
            SortedSet<NodeId> heirs = new TreeSet<>(siblings);
            heirs.add(node.self());
            NodeId heir = peer.equals(root) ? heirs.first() : root;
            if (heir.equals(node.self())) {
                becomeRoot(node);
            } else {
                ask(heir, node);
            }
        }
    }

    private boolean isRoot(Node node) {
        return state != ControlState.INIT && root.equals(node.self());
    }

    private boolean isParent(NodeId node) {
        return parent.equals(Optional.of(node));
    }

    /** Asks {@code peer} for a parent. RT-3: without siblings, should this node find itself a root. */
    private void ask(NodeId peer, Node node) {
        state = ControlState.JOINING;
        parent = Optional.empty();
        siblings.clear();
        peers.add(peer);
        children.remove(peer); // RT-4
        endModel(peer, node); // choice code
        bootstrap = peer;
        root = peer.compareTo(node.self()) < 0 ? peer : node.self();
        int subtree = levels().total();
        node.send(peer, Join.of(node.self(), subtree, maxChildren));
        node.setTimer("join", joinTimeout);
    }

    private void becomeRoot(Node node) {
        parent = Optional.empty();
        settle(node.self(), List.of(), node);
    }

    private void settle(NodeId newRoot, Collection<NodeId> newSiblings, Node node) {
        boolean isNews = state != ControlState.JOINED || !root.equals(newRoot);
        state = ControlState.JOINED;
        node.cancelTimer("join");
        follow(newRoot, newSiblings, node);
        if (isNews) {
            announce(new NewRoot(root), node);
        }
        announce(new UpdateSiblings(root, List.copyOf(children)), node);
    }

    /** RT-1, RT-4: neither the root nor a sibling is a child of this node (any more). */
    private void follow(NodeId newRoot, Collection<NodeId> newSiblings, Node node) {
        root = newRoot;
        siblings.clear();
        siblings.addAll(newSiblings);
        siblings.remove(node.self());
        siblings.remove(newRoot);
        children.remove(newRoot);
        endModel(newRoot, node); // choice code
        for (NodeId sibling : siblings) {
            if (children.remove(sibling)) {
                node.send(sibling, new Rejoin());
                endModel(sibling, node); // choice code
            }
        }
    }

    private void lose(NodeId child, Node node) {
        children.remove(child);
        endModel(child, node); // choice code
        if (isRoot(node)) {
            announce(new UpdateSiblings(root, List.copyOf(children)), node);
        }
    }

    private void announce(Record message, Node node) {
        for (NodeId child : children) {
            node.send(child, message);
        }
    }

    @Neighbours
    SortedSet<NodeId> family() {
        SortedSet<NodeId> family = new TreeSet<>(children);
        parent.ifPresent(family::add);
        return family;
    }

    @Override
    public ControlState state() {
        return state;
    }

    @Override
    public int maxChildren() {
        return maxChildren;
    }

    @Override
    public NodeId root() {
        return root;
    }

    @Override
    public Optional<NodeId> parent() {
        return parent;
    }

    @Override
    public Collection<NodeId> children() {
        return children;
    }

    @Override
    public Collection<NodeId> siblings() {
        return siblings;
    }

    @Metric
    static double meanDepth(SystemView<AdaptiveRandTree> view) {
        return RandTreeProperties.meanDepth(view);
    }

    @Metric
    static double maxDepth(SystemView<AdaptiveRandTree> view) {
        return RandTreeProperties.maxDepth(view);
    }

    @Metric
    static double joined(SystemView<AdaptiveRandTree> view) {
        return RandTreeProperties.joined(view);
    }

    @Safety
    static boolean rootOrChild(AdaptiveRandTree node, NodeId self) {
        return RandTreeProperties.rootOrChild(node, self);
    }

    @Safety
    static boolean familyIsDisjoint(AdaptiveRandTree node, NodeId self) {
        return RandTreeProperties.familyIsDisjoint(node, self);
    }

    @Safety
    static boolean rootHasNoSiblings(AdaptiveRandTree node, NodeId self) {
        return RandTreeProperties.rootHasNoSiblings(node, self);
    }

    @Safety
    static boolean rootIsAbove(AdaptiveRandTree node) {
        return RandTreeProperties.rootIsAbove(node);
    }

    @Safety
    static boolean hasNoLoops(SystemView<AdaptiveRandTree> view) {
        return RandTreeProperties.hasNoLoops(view);
    }

    @Liveness(within = "30s")
    static boolean allJoined(SystemView<AdaptiveRandTree> view) {
        return RandTreeProperties.allJoined(view);
    }

    @Liveness(within = "30s")
    static boolean rootIsAgreed(SystemView<AdaptiveRandTree> view) {
        return RandTreeProperties.rootIsAgreed(view);
    }

    @Liveness(within = "30s")
    static boolean linksAgree(SystemView<AdaptiveRandTree> view) {
        return RandTreeProperties.linksAgree(view);
    }

    @Liveness(within = "30s")
    static boolean siblingsAgree(SystemView<AdaptiveRandTree> view) {
        return RandTreeProperties.siblingsAgree(view);
    }
}
