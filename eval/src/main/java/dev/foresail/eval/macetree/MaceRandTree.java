package dev.foresail.eval.macetree;

import dev.foresail.choice.Default;
import dev.foresail.choice.Durable;
import dev.foresail.choice.From;
import dev.foresail.choice.Graphs;
import dev.foresail.choice.Liveness;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnRestart;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import dev.foresail.eval.macetree.MaceMessages.Join;
import dev.foresail.eval.macetree.MaceMessages.JoinReply;
import dev.foresail.eval.macetree.MaceMessages.NewRoot;
import dev.foresail.eval.macetree.MaceMessages.Probe;
import dev.foresail.eval.macetree.MaceMessages.ProbeJoin;
import dev.foresail.eval.macetree.MaceMessages.Rejoin;
import dev.foresail.eval.macetree.MaceMessages.Remove;
import dev.foresail.eval.macetree.MaceMessages.Status;
import dev.foresail.eval.macetree.MaceMessages.UpdateSiblings;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * RandTree as the Mace source has it, with three of its known bugs to be switched on and off. The smallest id should be
 * the root; a Join goes to the root, which hands it down at random until a node has room.
 *
 * <ul>
 *   <li>RT-1: a node may be taken as a child that is a sibling, or the other way round;
 *   <li>RT-2: a node that joins without peers does not arm its recovery timer, ever;
 *   <li>RT-3: a node that asks for a parent keeps its siblings, though it thinks that it is the root.
 * </ul>
 *
 * <p>Every field is durable, though {@link #restart} begins anew and nobody ever reads what was kept. It is not so in the
 * Mace source, where nothing survives a crash. The published counts that this protocol is compared with take two worlds for
 * different when the nodes that are down in them were different before: those of RT-3, 152 and 254 worlds or 61 and 188,
 * come out only if a world remembers what a crashed node was.
 */
@Protocol("mace-randtree")
public final class MaceRandTree {
    /** Where a node is in its life. */
    public enum ControlState {
        INIT,
        JOINING,
        JOINED
    }

    final String bug;
    final int maxChildren;
    final Duration joinTimeout;
    final Duration recoveryTimeout;

    @Durable
    ControlState state = ControlState.INIT;

    @Durable
    NodeId root = NodeId.of(0);

    @Durable
    Optional<NodeId> parent = Optional.empty();

    @Durable
    Optional<NodeId> bootstrap = Optional.empty();

    @Durable
    Optional<NodeId> lastProbed = Optional.empty();

    /** Whether the recovery timer is armed, which never ends: for the property. */
    @Durable
    boolean isRecovering;

    @Durable
    final SortedSet<NodeId> children = new TreeSet<>();

    @Durable
    final SortedSet<NodeId> siblings = new TreeSet<>();

    @Durable
    final SortedSet<NodeId> peers = new TreeSet<>();

    /** @param bug the bugs that are in, such as {@code RT-1,RT-3}; {@code none} for none */
    public MaceRandTree(
            @Default("none") String bug,
            @Default("2") int maxChildren,
            @Default("5s") Duration joinTimeout,
            @Default("10s") Duration recoveryTimeout) {
        this.bug = bug;
        this.maxChildren = maxChildren;
        this.joinTimeout = joinTimeout;
        this.recoveryTimeout = recoveryTimeout;
    }

    public boolean isInit() {
        return state == ControlState.INIT;
    }

    boolean isJoining() {
        return state == ControlState.JOINING;
    }

    public boolean isJoined() {
        return state == ControlState.JOINED;
    }

    public NodeId root() {
        return root;
    }

    public Optional<NodeId> parent() {
        return parent;
    }

    public SortedSet<NodeId> children() {
        return Collections.unmodifiableSortedSet(children);
    }

    public boolean hasRoom() {
        return children.size() < maxChildren;
    }

    boolean isFromParent(@From NodeId from) {
        return parent.equals(Optional.of(from));
    }

    boolean isFromChild(@From NodeId from) {
        return children.contains(from);
    }

    private boolean hasBug(String id) {
        return List.of(bug.split(",")).contains(id);
    }

    private boolean isRoot(Node node) {
        return root.equals(node.self());
    }

    @OnStart
    void start(Node node) {
        root = node.self();
    }

    @OnRestart
    void restart(Node node) {
        state = ControlState.INIT;
        parent = Optional.empty();
        bootstrap = Optional.empty();
        lastProbed = Optional.empty();
        isRecovering = false;
        children.clear();
        siblings.clear();
        peers.clear();
        start(node);
    }

    @OnCall(when = "isInit")
    void joinOverlay(List<NodeId> known, Node node) {
        peers.addAll(known);
        peers.remove(node.self());
        if (peers.isEmpty()) {
            state = ControlState.JOINED;
        } else {
            lastProbed = Optional.of(peers.first());
            ask(peers.first(), node);
        }
        if (!peers.isEmpty() || !hasBug("RT-2")) {
            isRecovering = true;
            node.setTimer("recovery", recoveryTimeout);
        }
    }

    @OnTimer(value = "join", when = "isJoining")
    void joinTimedOut(Node node) {
        root = node.self();
        NodeId next = Turns.next(peers, bootstrap, children);
        bootstrap = Optional.of(next);
        node.send(next, new Join(node.self(), Optional.empty()));
        node.setTimer("join", joinTimeout);
    }

    @OnMessage(when = "!isInit", otherwise = Otherwise.DROP)
    void join(Join join, Node node) {
        NodeId joiner = join.joiner();
        boolean isHandedDown = join.redirectedBy().equals(Optional.of(root));
        if (!isRoot(node) && !joiner.equals(root) && !isHandedDown) {
            node.send(root, new Join(joiner, Optional.empty()));
        } else if (joiner.equals(root)) {
            node.send(joiner, JoinReply.beRoot(Status.LOOP_ERROR, joiner));
        } else if (joiner.compareTo(node.self()) < 0 && isRoot(node)) {
            insist(parent.isEmpty(), "a root that gives way has no parent", node);
            node.send(joiner, JoinReply.beRoot(Status.ROOT_FORCE, joiner));
            ask(joiner, node);
        } else {
            insist(joiner.compareTo(root) > 0, "who joins is greater than the root", node);
            takeIn(joiner, node);
        }
    }

    /** A child that joins again is not answered. */
    private void takeIn(NodeId joiner, Node node) {
        if (children.contains(joiner)) {
            return;
        }
        if (!hasRoom()) {
            NodeId child = List.copyOf(children).get(node.random(children.size()));
            node.send(child, new Join(joiner, Optional.of(root)));
            return;
        }
        children.add(joiner);
        if (!hasBug("RT-1")) {
            siblings.remove(joiner);
        }
        node.send(joiner, JoinReply.accepted(root, children));
        if (isRoot(node)) {
            settle(node);
            announce(siblingsOfChildren(), node);
        }
    }

    @OnMessage(when = "isJoining", otherwise = Otherwise.DROP)
    void answered(JoinReply reply, @From NodeId from, Node node) {
        if (reply.status() == Status.ACCEPTED) {
            insist(parent.isEmpty(), "who joins has no parent", node);
            parent = Optional.of(from);
            follow(reply.root(), reply.siblings(), node);
            settle(node);
            announce(new NewRoot(root), node);
            announce(siblingsOfChildren(), node);
        } else {
            insist(isRoot(node), "who becomes the root took itself for it", node);
            settle(node);
        }
    }

    boolean isAcceptedElsewhere(JoinReply reply, @From NodeId from) {
        return reply.status() == Status.ACCEPTED && !isFromParent(from);
    }

    @OnMessage(
            when = {"isJoined", "isAcceptedElsewhere"},
            otherwise = Otherwise.DROP)
    void acceptedTwice(JoinReply reply, @From NodeId from, Node node) {
        node.send(from, new Remove());
    }

    @OnMessage(
            when = {"!isInit", "isFromChild"},
            otherwise = Otherwise.DROP)
    void removed(Remove remove, @From NodeId from, Node node) {
        lose(from, node);
    }

    @OnMessage(
            when = {"isJoined", "isFromParent"},
            otherwise = Otherwise.DROP)
    void rejoin(Rejoin rejoin, Node node) {
        parent = Optional.empty();
        ask(root, node);
    }

    @OnMessage(
            when = {"isJoined", "isFromParent"},
            otherwise = Otherwise.DROP)
    void siblingsChanged(UpdateSiblings update, Node node) {
        follow(update.root(), update.siblings(), node);
    }

    @OnMessage(
            when = {"!isInit", "isFromParent"},
            otherwise = Otherwise.DROP)
    void rootChanged(NewRoot news, Node node) {
        follow(news.root(), List.copyOf(siblings), node);
        announce(news, node);
    }

    @OnTimer(value = "recovery", when = "!isInit")
    void recover(Node node) {
        node.setTimer("recovery", recoveryTimeout);
        if (isJoined() && !peers.isEmpty()) {
            SortedSet<NodeId> relatives = new TreeSet<>(children);
            relatives.add(root);
            parent.ifPresent(relatives::add);
            NodeId next = Turns.next(peers, lastProbed, relatives);
            lastProbed = Optional.of(next);
            if (!relatives.contains(next)) {
                node.send(next, new Probe(root));
            }
        }
    }

    @OnMessage(when = "!isInit", otherwise = Otherwise.DROP)
    void probed(Probe probe, Node node) {
        int order = root.compareTo(probe.root());
        if (order < 0) {
            node.send(probe.root(), new ProbeJoin(root));
        } else if (order > 0 && isRoot(node)) {
            ask(probe.root(), node);
        } else if (order > 0) {
            node.send(root, new ProbeJoin(probe.root()));
        }
    }

    boolean isRootAbove(ProbeJoin probe, Node node) {
        return isRoot(node) && probe.root().compareTo(root) <= 0;
    }

    @OnMessage(
            when = {"!isInit", "isRootAbove"},
            otherwise = Otherwise.DROP)
    void joinOther(ProbeJoin probe, Node node) {
        ask(probe.root(), node);
    }

    @OnConnectionError(when = "!isInit")
    void connectionError(NodeId peer, Node node) {
        if (children.contains(peer)) {
            lose(peer, node);
        } else if (isFromParent(peer) && peer.equals(root)) {
            rootLost(node);
        } else if (isFromParent(peer)) {
            parent = Optional.empty();
            ask(root, node);
            root = node.self();
        }
    }

    private void rootLost(Node node) {
        SortedSet<NodeId> heirs = new TreeSet<>(siblings);
        heirs.add(node.self());
        parent = Optional.empty();
        root = node.self();
        if (heirs.first().equals(node.self())) {
            announce(new NewRoot(root), node);
            siblings.clear();
        } else {
            ask(heirs.first(), node);
        }
    }

    private void lose(NodeId child, Node node) {
        children.remove(child);
        if (isRoot(node)) {
            announce(siblingsOfChildren(), node);
        }
    }

    private void ask(NodeId peer, Node node) {
        state = ControlState.JOINING;
        peers.add(peer);
        bootstrap = Optional.of(peer);
        if (!hasBug("RT-3")) {
            siblings.clear();
        }
        node.send(peer, new Join(node.self(), Optional.empty()));
        node.setTimer("join", joinTimeout);
    }

    private void settle(Node node) {
        state = ControlState.JOINED;
        node.cancelTimer("join");
    }

    private void follow(NodeId newRoot, Collection<NodeId> newSiblings, Node node) {
        root = newRoot;
        siblings.clear();
        if (!isRoot(node) || hasBug("RT-3")) {
            siblings.addAll(newSiblings);
        }
        if (!hasBug("RT-1")) {
            children.removeAll(siblings);
        }
    }

    private UpdateSiblings siblingsOfChildren() {
        return new UpdateSiblings(root, List.copyOf(children));
    }

    private void announce(Record message, Node node) {
        for (NodeId child : children) {
            node.send(child, message);
        }
    }

    private static void insist(boolean holds, String what, Node node) {
        if (!holds) {
            throw node.fail("not so: " + what);
        }
    }

    @Neighbours
    SortedSet<NodeId> family() {
        SortedSet<NodeId> family = new TreeSet<>(children);
        parent.ifPresent(family::add);
        return family;
    }

    /** RT-1. */
    @Safety
    static boolean familyIsDisjoint(MaceRandTree node) {
        return Collections.disjoint(node.children, node.siblings);
    }

    /** RT-2. */
    @Safety
    static boolean recoveryIsArmed(MaceRandTree node) {
        return node.isInit() || node.isRecovering;
    }

    /** RT-3. */
    @Safety
    static boolean rootHasNoSiblings(MaceRandTree node, NodeId self) {
        return !node.isJoined() || !node.root.equals(self) || node.siblings.isEmpty();
    }

    /** Who has joined is the root or has a parent. */
    @Safety
    static boolean rootOrChild(MaceRandTree node, NodeId self) {
        return !node.isJoined() || node.root.equals(self) || node.parent.isPresent();
    }

    /** Following parents comes to an end. */
    @Safety
    static boolean hasNoLoops(SystemView<MaceRandTree> system) {
        return Graphs.isForest(system, node -> node.parent);
    }

    @Liveness(within = "60s")
    static boolean allJoined(SystemView<MaceRandTree> system) {
        return system.all(MaceRandTree::isJoined);
    }
}
