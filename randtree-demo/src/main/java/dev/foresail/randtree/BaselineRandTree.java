package dev.foresail.randtree;

import dev.foresail.choice.Default;
import dev.foresail.choice.From;
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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * RandTree with its policy hard-coded, written like the RandTree of the Mace source: one handler per message, the steps
 * (a) to (f) of a Join in a row. Everything but the choice of the child is as in {@link RandTree}, where the comments
 * RT-1 to RT-6 and the root of a node that joins are explained.
 */
@Protocol("randtree-baseline")
public final class BaselineRandTree implements RandTreeState {
    final int maxChildren;
    final Duration joinTimeout;
    final Duration recoveryTimeout;
    final String policy;

    ControlState state = ControlState.INIT;
    NodeId root = NodeId.of(0);
    Optional<NodeId> parent = Optional.empty();
    NodeId bootstrap = NodeId.of(0);
    NodeId lastProbed = NodeId.of(0);
    final SortedSet<NodeId> children = new TreeSet<>();
    final SortedSet<NodeId> siblings = new TreeSet<>();
    final SortedSet<NodeId> peers = new TreeSet<>();

    // choice code
    NodeId lastDelegated = NodeId.of(0);
    final SortedMap<NodeId, Integer> delegated = new TreeMap<>();
    // end of choice code

    /**
     * @param policy which child gets a Join: {@code random}, as in the Mace source, {@code round-robin} or {@code
     *     least-delegated} (the one that has got the fewest so far)
     */
    public BaselineRandTree(
            @Default("2") int maxChildren,
            @Default("5s") Duration joinTimeout,
            @Default("10s") Duration recoveryTimeout,
            @Default("random") String policy) {
        this.maxChildren = maxChildren;
        this.joinTimeout = joinTimeout;
        this.recoveryTimeout = recoveryTimeout;
        this.policy = policy;
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
        switch (JoinStep.of(join, from, this, node.self())) {
            case REFUSE -> node.send(joiner, JoinReply.beRoot(Status.LOOP_ERROR, joiner)); // (b)
            case RELAY -> node.send(root, join.up()); // (a)
            case GIVE_WAY -> { // (c)
                node.send(joiner, JoinReply.beRoot(Status.ROOT_FORCE, joiner));
                ask(joiner, node);
            }
            case ADOPT -> adopt(join, node); // (d), (e)
            case DELEGATE -> node.send(choose(node), join.downFrom(root)); // choice code
            default -> {} // not asked to join yet
        }
    }

    // choice code
    private NodeId choose(Node node) {
        NodeId child = switch (policy) {
            case "random" -> List.copyOf(children).get(node.random(children.size()));
            case "round-robin" -> Peers.next(children, lastDelegated, List.of()).orElseThrow();
            case "least-delegated" -> leastDelegated();
            default -> throw node.fail("the policy is random, round-robin or least-delegated, not '" + policy + "'");
        };
        lastDelegated = child;
        delegated.merge(child, 1, Integer::sum);
        return child;
    }

    private NodeId leastDelegated() {
        NodeId least = children.first();
        for (NodeId child : children) {
            if (delegated.getOrDefault(child, 0) < delegated.getOrDefault(least, 0)) {
                least = child;
            }
        }
        return least;
    }
    // end of choice code

    private void adopt(Join join, Node node) {
        children.add(join.joiner());
        delegated.put(join.joiner(), 0); // choice code
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
            }
            settle(reply.root(), reply.siblings(), node);
        } else if (reply.status() == Status.ACCEPTED && !isParent(from)) {
            node.send(from, new Remove());
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
        bootstrap = peer;
        root = peer.compareTo(node.self()) < 0 ? peer : node.self();
        int subtree = 1 + children.size(); // what it knows of it; none of the policies looks at it
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
        for (NodeId sibling : siblings) {
            if (children.remove(sibling)) {
                node.send(sibling, new Rejoin());
            }
        }
    }

    private void lose(NodeId child, Node node) {
        children.remove(child);
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
    static double meanDepth(SystemView<BaselineRandTree> view) {
        return RandTreeProperties.meanDepth(view);
    }

    @Metric
    static double maxDepth(SystemView<BaselineRandTree> view) {
        return RandTreeProperties.maxDepth(view);
    }

    @Metric
    static double joined(SystemView<BaselineRandTree> view) {
        return RandTreeProperties.joined(view);
    }

    @Safety
    static boolean rootOrChild(BaselineRandTree node, NodeId self) {
        return RandTreeProperties.rootOrChild(node, self);
    }

    @Safety
    static boolean familyIsDisjoint(BaselineRandTree node, NodeId self) {
        return RandTreeProperties.familyIsDisjoint(node, self);
    }

    @Safety
    static boolean rootHasNoSiblings(BaselineRandTree node, NodeId self) {
        return RandTreeProperties.rootHasNoSiblings(node, self);
    }

    @Safety
    static boolean rootIsAbove(BaselineRandTree node) {
        return RandTreeProperties.rootIsAbove(node);
    }

    @Safety
    static boolean hasNoLoops(SystemView<BaselineRandTree> view) {
        return RandTreeProperties.hasNoLoops(view);
    }

    @Liveness(within = "30s")
    static boolean allJoined(SystemView<BaselineRandTree> view) {
        return RandTreeProperties.allJoined(view);
    }

    @Liveness(within = "30s")
    static boolean rootIsAgreed(SystemView<BaselineRandTree> view) {
        return RandTreeProperties.rootIsAgreed(view);
    }

    @Liveness(within = "30s")
    static boolean linksAgree(SystemView<BaselineRandTree> view) {
        return RandTreeProperties.linksAgree(view);
    }

    @Liveness(within = "30s")
    static boolean siblingsAgree(SystemView<BaselineRandTree> view) {
        return RandTreeProperties.siblingsAgree(view);
    }
}
