package dev.foresail.eval.chord;

import dev.foresail.choice.Default;
import dev.foresail.choice.From;
import dev.foresail.choice.Liveness;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The ring of Chord, after the Mace source: who joins asks for the node before its place, gets that one's successors, and
 * tells its own successor; what is wrong is mended by asking the successor now and then. Without fingers.
 *
 * <p>The bug CH-1: who joins tells the successor that the reply names, even when that is itself, which it is for a node
 * that was there before and has lost its state. Should its predecessor fail before it has heard from itself, it takes
 * itself for its predecessor, though it knows another successor.
 */
@Protocol("chord")
public final class Chord {
    /** Where is the place of {@code joiner}? Travels along the ring. */
    public record FindPred(NodeId joiner) {}

    /** "Before me; these come after me." */
    public record FindPredReply(List<NodeId> successors) {
        public FindPredReply {
            successors = List.copyOf(successors);
        }
    }

    /** "I may be your predecessor." */
    public record UpdatePred() {}

    /** "Who is before you, and who after?" */
    public record GetPred() {}

    /** The answer to it. */
    public record GetPredReply(Optional<NodeId> predecessor, List<NodeId> successors) {
        public GetPredReply {
            successors = List.copyOf(successors);
        }
    }

    final String bug;
    final int successorCount;
    final Duration stabilisePeriod;
    final Duration joinTimeout;

    boolean joined;
    Optional<NodeId> bootstrap = Optional.empty();
    Optional<NodeId> predecessor = Optional.empty();
    /** Who comes next, and after that, never this node itself. */
    final List<NodeId> successors = new ArrayList<>();
    /** Whose answer is awaited. */
    Optional<NodeId> asked = Optional.empty();

    /** @param bug {@code CH-1} or {@code none} */
    public Chord(
            @Default("none") String bug,
            @Default("2") int successorCount,
            @Default("100ms") Duration stabilisePeriod,
            @Default("500ms") Duration joinTimeout) {
        this.bug = bug;
        this.successorCount = successorCount;
        this.stabilisePeriod = stabilisePeriod;
        this.joinTimeout = joinTimeout;
    }

    public boolean isJoined() {
        return joined;
    }

    public Optional<NodeId> predecessor() {
        return predecessor;
    }

    /** Who comes next, and after that. */
    public List<NodeId> successors() {
        return Collections.unmodifiableList(successors);
    }

    /** Whose answer is awaited. */
    public Optional<NodeId> asked() {
        return asked;
    }

    public boolean isOut() {
        return !joined && bootstrap.isEmpty();
    }

    boolean isJoining() {
        return !joined && bootstrap.isPresent();
    }

    @OnCall(when = "isOut")
    void join(NodeId known, Node node) {
        if (known.equals(node.self())) {
            joined = true;
            predecessor = Optional.of(known);
            node.setTimer("stabilise", stabilisePeriod);
        } else {
            bootstrap = Optional.of(known);
            askForPlace(node);
        }
    }

    @OnTimer(value = "join", when = "isJoining")
    void askForPlace(Node node) {
        bootstrap.ifPresent(known -> node.send(known, new FindPred(node.self())));
        node.setTimer("join", joinTimeout);
    }

    @OnMessage(when = "isJoined", otherwise = Otherwise.DROP)
    void findPred(FindPred question, Node node) {
        NodeId successor = successor(node);
        if (Ring.isBetween(node.self(), question.joiner(), successor)
                || question.joiner().equals(successor)) {
            List<NodeId> known = successors.isEmpty() ? List.of(node.self()) : successors;
            node.send(question.joiner(), new FindPredReply(known));
        } else {
            node.send(successor, question);
        }
    }

    @OnMessage(when = "isJoining", otherwise = Otherwise.DROP)
    void placed(FindPredReply reply, @From NodeId from, Node node) {
        joined = true;
        predecessor = Optional.of(from);
        learn(reply.successors(), node);
        learn(List.of(from), node);
        boolean isTrusting = bug.equals("CH-1");
        node.send(isTrusting ? reply.successors().get(0) : successor(node), new UpdatePred());
        node.cancelTimer("join");
        node.setTimer("stabilise", stabilisePeriod);
    }

    @OnMessage(when = "isJoined", otherwise = Otherwise.DROP)
    void updatePred(UpdatePred update, @From NodeId from, Node node) {
        if (predecessor.isEmpty() || Ring.isBetween(predecessor.get(), from, node.self())) {
            predecessor = Optional.of(from);
        }
        learn(List.of(from), node);
    }

    @OnTimer(value = "stabilise", when = "isJoined")
    void stabilise(Node node) {
        node.setTimer("stabilise", stabilisePeriod);
        if (asked.isEmpty() && !successors.isEmpty()) {
            asked = Optional.of(successor(node));
            node.send(successor(node), new GetPred());
        }
    }

    @OnMessage(when = "isJoined", otherwise = Otherwise.DROP)
    void getPred(GetPred question, @From NodeId from, Node node) {
        node.send(from, new GetPredReply(predecessor, successors));
    }

    boolean isAwaited(GetPredReply reply, @From NodeId from) {
        return asked.equals(Optional.of(from));
    }

    @OnMessage(when = "isAwaited", otherwise = Otherwise.DROP)
    void stabilised(GetPredReply reply, @From NodeId from, Node node) {
        asked = Optional.empty();
        SortedSet<NodeId> known = new TreeSet<>(reply.successors());
        reply.predecessor().ifPresent(known::add);
        learn(known, node);
        if (!reply.predecessor().equals(Optional.of(node.self()))) {
            node.send(successor(node), new UpdatePred());
        }
    }

    @OnConnectionError
    void lost(NodeId peer, Node node) {
        successors.remove(peer);
        asked = asked.filter(other -> !other.equals(peer));
        predecessor = predecessor.filter(other -> !other.equals(peer));
        if (joined && successors.isEmpty()) {
            predecessor = Optional.of(node.self());
        }
    }

    private NodeId successor(Node node) {
        return successors.isEmpty() ? node.self() : successors.get(0);
    }

    /** Keeps the nearest; who knows somebody else is not its own predecessor any more. */
    private void learn(Collection<NodeId> nodes, Node node) {
        SortedSet<NodeId> known = new TreeSet<>(Ring.after(node.self()));
        known.addAll(successors);
        known.addAll(nodes);
        known.remove(node.self());
        successors.clear();
        known.stream().limit(successorCount).forEach(successors::add);
        boolean isNews = nodes.stream().anyMatch(other -> !other.equals(node.self()));
        if (isNews && predecessor.equals(Optional.of(node.self()))) {
            predecessor = Optional.empty();
        }
    }

    @Neighbours
    SortedSet<NodeId> ring() {
        SortedSet<NodeId> ring = new TreeSet<>(successors);
        predecessor.ifPresent(ring::add);
        return ring;
    }

    /** Who is its own predecessor is its own successor. */
    @Safety
    static boolean isAloneBothWays(Chord node, NodeId self) {
        return !node.predecessor.equals(Optional.of(self)) || node.successors.isEmpty();
    }

    @Safety
    static boolean isNotAmongSuccessors(Chord node, NodeId self) {
        return !node.successors.contains(self);
    }

    @Liveness(within = "60s")
    static boolean allJoined(SystemView<Chord> system) {
        return system.all(node -> node.joined);
    }
}
