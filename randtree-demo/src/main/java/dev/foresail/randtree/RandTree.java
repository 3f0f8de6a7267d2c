package dev.foresail.randtree;

import dev.foresail.choice.Aggregate;
import dev.foresail.choice.ChoicePoint;
import dev.foresail.choice.Default;
import dev.foresail.choice.Fallback;
import dev.foresail.choice.From;
import dev.foresail.choice.Graphs;
import dev.foresail.choice.HandOver;
import dev.foresail.choice.Histogram;
import dev.foresail.choice.Known;
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
import dev.foresail.choice.Otherwise;
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
 * RandTree with its choice exposed: where a Join goes from a node that has no room for it. After the RandTree of the
 * Mace source, with a handler for each step of a Join ({@link JoinStep}); the comments RT-1 to RT-6, here and there, say
 * where a known bug of that source is mended.
 *
 * <p>While a node joins, its root is the smaller of itself and the node it asks, and after a vain attempt itself: so a
 * Join that reaches it meanwhile goes on to the root, and two nodes that ask each other agree on who is the root.
 */
@Protocol("randtree")
public final class RandTree implements RandTreeState {
    final int maxChildren;
    final Duration joinTimeout;
    final Duration recoveryTimeout;

    ControlState state = ControlState.INIT;
    NodeId root = NodeId.of(0);
    Optional<NodeId> parent = Optional.empty();
    NodeId bootstrap = NodeId.of(0);
    NodeId lastProbed = NodeId.of(0);
    /** The children, each with the size of the subtree that its Join told. */
    final SortedMap<NodeId, Integer> children = new TreeMap<>();

    final SortedSet<NodeId> siblings = new TreeSet<>();
    final SortedSet<NodeId> peers = new TreeSet<>();

    public RandTree(
            @Default("2") int maxChildren,
            @Default("5s") Duration joinTimeout,
            @Default("10s") Duration recoveryTimeout) {
        this.maxChildren = maxChildren;
        this.joinTimeout = joinTimeout;
        this.recoveryTimeout = recoveryTimeout;
    }

    // choice code

    /** The nodes on each level of the tree below {@code node}, which is level 1. */
    @Aggregate
    static Histogram levels(RandTree node, Known<Histogram> children) {
        Histogram levels = Histogram.one();
        for (NodeId child : node.children.keySet()) {
            Histogram told = Histogram.ofBalancedTree(node.children.get(child), node.maxChildren);
            levels = levels.plusShifted(children.atOr(child, told), 1);
        }
        return levels;
    }

    /** A Join finds its place on the first level with room, with its own subtree below. */
    @HandOver("levels")
    static Histogram handedOver(Histogram levels, Join join) {
        int above = levels.firstLevelWithRoom(join.fanout()) - 1;
        return levels.plusShifted(Histogram.ofBalancedTree(join.subtree(), join.fanout()), above);
    }

    /** The mean level of the nodes of all trees in sight. */
    @Metric
    static double meanDepth(SystemView<RandTree> view, Known<Histogram> levels) {
        Histogram all = Histogram.EMPTY;
        for (NodeId top : Graphs.tops(view, RandTree::parent)) {
            all = all.plus(levels.atOr(top, Histogram.EMPTY));
        }
        return all.mean();
    }

    /** (f) No room: the runtime chooses the child. */
    @OnMessage(when = "isToDelegate", otherwise = Otherwise.DROP)
    void delegate(
            Join join,
            @ChoicePoint(from = "children", fallback = Fallback.RANDOM, await = "50ms") NodeId child,
            Node node) {
        node.send(child, join.downFrom(root));
    }

    /** Where a Join goes that is not yet on its way down: to the root, at once or by way of the parent, but not back. */
    Collection<NodeId> waysUp(@From NodeId from) {
        SortedSet<NodeId> ways = new TreeSet<>();
        parent.ifPresent(ways::add);
        ways.remove(from);
        ways.add(root);
        return ways;
    }

    // end of choice code

    boolean isRoot(Node node) {
        return state != ControlState.INIT && root.equals(node.self());
    }

    boolean isToRefuse(Join join, @From NodeId from, Node node) {
        return step(join, from, node) == JoinStep.REFUSE;
    }

    boolean isToRelay(Join join, @From NodeId from, Node node) {
        return step(join, from, node) == JoinStep.RELAY;
    }

    boolean isToGiveWay(Join join, @From NodeId from, Node node) {
        return step(join, from, node) == JoinStep.GIVE_WAY;
    }

    boolean isToAdopt(Join join, @From NodeId from, Node node) {
        return step(join, from, node) == JoinStep.ADOPT;
    }

    boolean isToDelegate(Join join, @From NodeId from, Node node) {
        return step(join, from, node) == JoinStep.DELEGATE;
    }

    private JoinStep step(Join join, NodeId from, Node node) {
        return JoinStep.of(join, from, this, node.self());
    }

    boolean isJoining() {
        return state == ControlState.JOINING;
    }

    boolean isAccepted(JoinReply reply) {
        return reply.status() == Status.ACCEPTED;
    }

    boolean isFromParent(@From NodeId from) {
        return parent.equals(Optional.of(from));
    }

    boolean isFromChild(@From NodeId from) {
        return children.containsKey(from);
    }

    boolean isJoined() {
        return state == ControlState.JOINED;
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

    @OnTimer(value = "join", when = "isJoining")
    void joinTimedOut(Node node) {
        node.note("unreachable: " + bootstrap);
        ask(Peers.next(peers, bootstrap, children.keySet()).orElse(bootstrap), node);
        root = node.self();
    }

    /** (a) */
    @OnMessage(when = "isToRelay", otherwise = Otherwise.DROP)
    void relay(Join join, @ChoicePoint(from = "waysUp") NodeId next, Node node) {
        node.send(next, join.up());
    }

    /** (b) */
    @OnMessage(when = "isToRefuse", otherwise = Otherwise.DROP)
    void refuse(Join join, Node node) {
        node.send(join.joiner(), JoinReply.beRoot(Status.LOOP_ERROR, join.joiner()));
    }

    /** (c) */
    @OnMessage(when = "isToGiveWay", otherwise = Otherwise.DROP)
    void giveWay(Join join, Node node) {
        node.send(join.joiner(), JoinReply.beRoot(Status.ROOT_FORCE, join.joiner()));
        ask(join.joiner(), node);
    }

    /** (d), (e) */
    @OnMessage(when = "isToAdopt", otherwise = Otherwise.DROP)
    void adopt(Join join, Node node) {
        children.put(join.joiner(), join.subtree());
        siblings.remove(join.joiner()); // RT-1
        node.send(join.joiner(), JoinReply.accepted(root, children.keySet()));
        if (isRoot(node)) {
            becomeRoot(node);
        }
    }

    /** Below the sender when it has accepted, else as the root: then the reply names this node. */
    @OnMessage(when = "isJoining", otherwise = Otherwise.DROP)
    void answered(JoinReply reply, @From NodeId from, Node node) {
        if (isAccepted(reply)) {
            parent = Optional.of(from);
        }
        settle(reply.root(), reply.siblings(), node);
    }

    @OnMessage(
            when = {"!isJoining", "isAccepted", "!isFromParent"},
            otherwise = Otherwise.DROP)
    void acceptedTwice(JoinReply reply, @From NodeId from, Node node) {
        node.send(from, new Remove());
    }

    /** The answer tells a sender that has meanwhile become a child again, by another way, that it is none. */
    @OnMessage(when = "isFromChild", otherwise = Otherwise.DROP)
    void removed(Remove remove, @From NodeId from, Node node) {
        node.send(from, new Rejoin());
        lose(from, node);
    }

    @OnMessage(when = "isFromParent", otherwise = Otherwise.DROP)
    void rejoin(Rejoin rejoin, Node node) {
        ask(root, node);
    }

    @OnMessage(when = "isFromParent", otherwise = Otherwise.DROP)
    void siblingsChanged(UpdateSiblings update, Node node) {
        follow(update.root(), update.siblings(), node);
    }

    @OnMessage(when = "isFromParent", otherwise = Otherwise.DROP)
    void rootChanged(NewRoot news, Node node) {
        follow(news.root(), List.copyOf(siblings), node);
        announce(news, node);
    }

    @OnTimer("recovery")
    void recover(Node node) {
        node.setTimer("recovery", recoveryTimeout);
        SortedSet<NodeId> relatives = new TreeSet<>(children.keySet());
        relatives.add(root);
        parent.ifPresent(relatives::add);
        Peers.next(peers, lastProbed, relatives).ifPresent(peer -> {
            lastProbed = peer;
            node.send(peer, new Probe(root));
        });
    }

    @OnMessage(when = "isJoined", otherwise = Otherwise.DROP)
    void probed(Probe probe, Node node) {
        if (root.compareTo(probe.root()) < 0) {
            node.send(probe.root(), new ProbeJoin(root));
        } else if (root.compareTo(probe.root()) > 0) {
            node.send(root, new ProbeJoin(probe.root()));
        }
    }

    @OnMessage(
            when = {"isRoot", "isSmallerRoot"},
            otherwise = Otherwise.DROP)
    void joinOther(ProbeJoin probe, Node node) {
        ask(probe.root(), node);
    }

    boolean isSmallerRoot(ProbeJoin probe) {
        return probe.root().compareTo(root) < 0;
    }

    @OnConnectionError(when = "isFromChild")
    void childLost(@From NodeId peer, Node node) {
        lose(peer, node);
    }

    @OnConnectionError(when = "isFromParent")
    void parentLost(@From NodeId peer, Node node) {
        SortedSet<NodeId> heirs = new TreeSet<>(siblings);
        heirs.add(node.self());
        NodeId heir = peer.equals(root) ? heirs.first() : root;
        if (heir.equals(node.self())) {
            becomeRoot(node);
        } else {
            ask(heir, node);
        }
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
        int subtree = node.aggregate("levels", Histogram.class).total();
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
        announce(new UpdateSiblings(root, List.copyOf(children.keySet())), node);
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
            if (children.remove(sibling) != null) {
                node.send(sibling, new Rejoin());
            }
        }
    }

    private void lose(NodeId child, Node node) {
        children.remove(child);
        if (isRoot(node)) {
            announce(new UpdateSiblings(root, List.copyOf(children.keySet())), node);
        }
    }

    private void announce(Record message, Node node) {
        for (NodeId child : children.keySet()) {
            node.send(child, message);
        }
    }

    @Neighbours
    SortedSet<NodeId> family() {
        SortedSet<NodeId> family = new TreeSet<>(children.keySet());
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
        return children.keySet();
    }

    @Override
    public Collection<NodeId> siblings() {
        return siblings;
    }

    @Metric
    static double maxDepth(SystemView<RandTree> view) {
        return RandTreeProperties.maxDepth(view);
    }

    @Metric
    static double joined(SystemView<RandTree> view) {
        return RandTreeProperties.joined(view);
    }

    @Safety
    static boolean rootOrChild(RandTree node, NodeId self) {
        return RandTreeProperties.rootOrChild(node, self);
    }

    @Safety
    static boolean familyIsDisjoint(RandTree node, NodeId self) {
        return RandTreeProperties.familyIsDisjoint(node, self);
    }

    @Safety
    static boolean rootHasNoSiblings(RandTree node, NodeId self) {
        return RandTreeProperties.rootHasNoSiblings(node, self);
    }

    @Safety
    static boolean rootIsAbove(RandTree node) {
        return RandTreeProperties.rootIsAbove(node);
    }

    @Safety
    static boolean hasNoLoops(SystemView<RandTree> view) {
        return RandTreeProperties.hasNoLoops(view);
    }

    @Liveness(within = "30s")
    static boolean allJoined(SystemView<RandTree> view) {
        return RandTreeProperties.allJoined(view);
    }

    @Liveness(within = "30s")
    static boolean rootIsAgreed(SystemView<RandTree> view) {
        return RandTreeProperties.rootIsAgreed(view);
    }

    @Liveness(within = "30s")
    static boolean linksAgree(SystemView<RandTree> view) {
        return RandTreeProperties.linksAgree(view);
    }

    @Liveness(within = "30s")
    static boolean siblingsAgree(SystemView<RandTree> view) {
        return RandTreeProperties.siblingsAgree(view);
    }
}
