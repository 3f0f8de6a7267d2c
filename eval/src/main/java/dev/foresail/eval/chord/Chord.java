package dev.foresail.eval.chord;

import dev.foresail.choice.Above;
import dev.foresail.choice.ChoicePoint;
import dev.foresail.choice.Default;
import dev.foresail.choice.Fallback;
import dev.foresail.choice.From;
import dev.foresail.choice.Liveness;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.TimeOut;
import dev.foresail.eval.routing.KeyRouting;
import dev.foresail.eval.routing.OverlayNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Chord: nodes and keys on a circle, where the root of a key is its successor, the first node at it or past it. Each node knows the nodes that come next, and fingers, the successors of
 * the places at distances of powers of two. A message goes to a node that precedes its key, by the published rule the nearest one known, until the next node is the root.
 *
 * <p>Who joins asks for the node before its place, gets that one's successors, and tells its own successor; what is wrong is mended by asking the successor now and then. With each round of fingers a node asks for its place once more, over
 * those that it joined over or has lost: so rings that were parted become one again.
 *
 * <p>Source: Stoica et al., Chord: a scalable peer-to-peer lookup protocol for Internet applications, IEEE/ACM Transactions on Networking 2003, figures 5 and 6; joining as in Mace's, where the place of who joins is
 * answered by its predecessor.
 *
 * <p>The bug CH-1: who joins tells the successor that the reply names, even when that is itself, which it is for a node
 * that was there before and has lost its state. Should its predecessor fail before it has heard from itself, it takes
 * itself for its predecessor, though it knows another successor.
 *
 * <p>The other bugs are those that the Mace source marks as mended, by their markers there:
 *
 * <ul>
 *   <li>Chord2: who hears of its predecessor does not note it;
 *   <li>Chord8: who joins does not take its predecessor for somebody it knows, and so knows nobody when the reply names itself alone;
 *   <li>d5bc9fc: who is alone is not the root of its own place;
 *   <li>66f159d: who is named among the successors takes itself for its own;
 *   <li>e11bce2: who is left alone has no predecessor.
 * </ul>
 */
@Protocol(value = "chord", provides = KeyRouting.class)
public final class Chord implements OverlayNode {
    /** Where is the place of {@code joiner}? Travels to the node before it. */
    public record FindPred(NodeId joiner) {}

    /** "Before me; these come after me." */
    public record FindPredReply(List<NodeId> successors) {}

    /** "I may be your predecessor." */
    public record UpdatePred() {}

    /** "Who is before you, and who after?" */
    public record GetPred() {}

    /** The answer to it. */
    public record GetPredReply(Optional<NodeId> predecessor, List<NodeId> successors) {}

    /** The other answer to it: "I am in no ring." */
    public record Out() {}

    /** Who is the successor of the place at which this finger of {@code asker} starts? Travels to the node before it. */
    public record FindSuccessor(NodeId asker, int finger) {}

    /** The answer to it. */
    public record FoundSuccessor(int finger, NodeId successor) {}

    /**
     * A message on its way to the root of a key.
     *
     * @param isLast whether the sender takes the receiver for the root
     */
    public record Route(long key, Record message, boolean isLast) {}

    private static final int MOST_REACHED = 8;
    private static final int MOST_CONTACTS = 8;

    @Above
    KeyRouting.Upcalls above;

    final String bug;
    final boolean hashed;
    final int successorCount;
    final Duration stabilisePeriod;
    final Duration maintenancePeriod;

    @TimeOut("an answer to a join")
    final Duration joinTimeout;

    boolean joined;
    /** Whom it joined over and whom it has lost; the last one is asked next, the first one was asked last. */
    final List<NodeId> contacts = new ArrayList<>();

    Optional<NodeId> predecessor = Optional.empty();
    /** Who comes next, and after that, never this node itself. */
    final List<NodeId> successors = new ArrayList<>();
    /** By the power of two at whose distance the finger starts; of those that are one node only the first. */
    final SortedMap<Integer, NodeId> fingers = new TreeMap<>();
    /** The finger that was asked for last. */
    int next;
    /** Whose answer is awaited. */
    Optional<NodeId> asked = Optional.empty();

    /**
     * @param bug one of those above, or {@code none}
     * @param hashed whether a node's place is a hash of its id; else it is the id itself
     * @param successorCount how many successors a node knows: as long as not all of them fail at once, the ring stays closed
     * @param stabilisePeriod between two questions to the successor
     * @param maintenancePeriod between two questions for a finger and to the predecessor; zero for neither
     * @param joinTimeout after which who joins asks again
     * @throws IllegalArgumentException FS468 when it would know no successor
     */
    public Chord(
            @Default("none") String bug,
            @Default("true") boolean hashed,
            @Default("2") int successorCount,
            @Default("100ms") Duration stabilisePeriod,
            @Default("200ms") Duration maintenancePeriod,
            @Default("500ms") Duration joinTimeout) {
        if (successorCount < 1) {
            throw new IllegalArgumentException("[FS468] a node knows at least 1 successor, not " + successorCount);
        }
        this.bug = bug;
        this.hashed = hashed;
        this.successorCount = successorCount;
        this.stabilisePeriod = stabilisePeriod;
        this.maintenancePeriod = maintenancePeriod;
        this.joinTimeout = joinTimeout;
    }

    @Override
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

    boolean hasContacts() {
        return !contacts.isEmpty();
    }

    /** Where a node is on the circle, as 64 bits that are taken as unsigned. */
    @OnDowncall
    long position(NodeId node) {
        return Ring.position(node, hashed);
    }

    // Joining: create and join of the paper

    /** Who knows nobody else begins a ring; who is still joining may be given somebody else to ask. */
    @OnCall(when = "!isJoined")
    void join(NodeId known, Node node) {
        if (known.equals(node.self())) {
            predecessor = Optional.of(known);
            begin(node);
        } else {
            remember(known);
            lookForPlace(node);
        }
    }

    /** Who has failed may be back some day. */
    private void remember(NodeId contact) {
        if (!contacts.contains(contact)) {
            contacts.add(contact);
        }
    }

    private void begin(Node node) {
        joined = true;
        node.setTimer("stabilise", stabilisePeriod);
        if (!maintenancePeriod.isZero()) {
            node.setTimer("maintain", maintenancePeriod);
        }
    }

    @OnTimer(value = "join", when = "!isJoined")
    void lookForPlace(Node node) {
        askForPlace(node);
        node.setTimer("join", joinTimeout);
    }

    /** One contact at a time. Of too many, those that were asked last are forgotten. */
    private void askForPlace(Node node) {
        contacts.subList(0, StrictMath.max(0, contacts.size() - MOST_CONTACTS)).clear();
        Collections.rotate(contacts, 1);
        contacts.stream().limit(1).forEach(known -> node.send(known, new FindPred(node.self())));
    }

    @OnMessage(when = "isJoined", otherwise = Otherwise.DROP)
    void findPred(FindPred question, Node node) {
        FindPredReply answer = new FindPredReply(successors.isEmpty() ? List.of(node.self()) : successors);
        answerOrHandOn(position(question.joiner()), question.joiner(), answer, question, node);
    }

    @OnMessage(when = "hasContacts", otherwise = Otherwise.DROP)
    void placed(FindPredReply reply, @From NodeId from, Node node) {
        predecessor = nearestBefore(from, node.self());
        learn(bug.equals("Chord8") ? reply.successors() : with(from, reply.successors()), node);
        node.send(bug.equals("CH-1") ? reply.successors().get(0) : successor(node.self()), new UpdatePred());
        if (!joined) {
            node.cancelTimer("join");
            begin(node);
        }
    }

    // find_successor and closest_preceding_node

    @OnMessage(when = "isJoined", otherwise = Otherwise.DROP)
    void findSuccessor(FindSuccessor question, Node node) {
        FoundSuccessor answer = new FoundSuccessor(question.finger(), successor(node.self()));
        answerOrHandOn(
                position(question.asker()) + (1L << question.finger()), question.asker(), answer, question, node);
    }

    /** The node before a key's successor answers, any other knows one that is nearer to it. */
    private void answerOrHandOn(long key, NodeId asker, Record answer, Record question, Node node) {
        if (isSuccessors(key, node.self())) {
            node.send(asker, answer);
        } else {
            node.send(preceding(key, node.self()).max(after(node.self())).orElseThrow(), question);
        }
    }

    /** Whether a key lies past this node and not past its successor, which is its root then. */
    private boolean isSuccessors(long key, NodeId self) {
        return Ring.isUpTo(position(self), key, position(successor(self)));
    }

    /** The known nodes that come before a key, some of them twice: at least the successor, where the key lies past it. */
    private Stream<NodeId> preceding(long key, NodeId self) {
        return Stream.concat(fingers.values().stream(), successors.stream())
                .filter(known -> Ring.isBetween(position(self), position(known), key));
    }

    // Routing

    /** Handled as a message, as there is a choice to be made. */
    @OnDowncall
    void route(long key, Record message, Node node) {
        node.send(node.self(), new Route(key, message, false));
    }

    @OnDowncall
    boolean isRoot(long key, Node node) {
        return owns(key, node.self());
    }

    /** Whoever asks is the root, the keys of which go to its successor. */
    @OnDowncall
    List<NodeId> replicas(long key, int count, Node node) {
        return with(node.self(), successors).stream().limit(count).toList();
    }

    private boolean owns(long key, NodeId self) {
        return joined
                && (key == position(self) && !(bug.equals("d5bc9fc") && predecessor.equals(Optional.of(self)))
                        || predecessor
                                .filter(known -> Ring.isBetween(position(known), key, position(self)))
                                .isPresent());
    }

    /** Who does not know its predecessor believes the one that does. */
    boolean isAtRoot(Route route, Node node) {
        return owns(route.key(), node.self()) || route.isLast() && predecessor.isEmpty();
    }

    @OnMessage(
            when = {"isJoined", "isAtRoot"},
            otherwise = Otherwise.DROP)
    void arrive(Route route) {
        above.deliver(route.key(), route.message());
    }

    /** The nearest to the key first, which is the one of the published rule. */
    List<NodeId> nextHops(Route route, Node node) {
        return hops(route.key(), node.self());
    }

    private List<NodeId> hops(long key, NodeId self) {
        return isSuccessors(key, self)
                ? List.of(successor(self))
                : preceding(key, self).distinct().sorted(after(self).reversed()).toList();
    }

    @OnMessage(
            when = {"isJoined", "!isAtRoot"},
            otherwise = Otherwise.DROP)
    void handOn(
            Route route,
            @ChoicePoint(from = "nextHops", fallback = Fallback.FIRST, await = "100ms", repeatable = true) NodeId next,
            Node node) {
        if (above.forward(route.key(), route.message(), next)) {
            node.send(next, new Route(route.key(), route.message(), isSuccessors(route.key(), node.self())));
        }
    }

    // stabilize and notify

    @OnTimer(value = "stabilise", when = "isJoined")
    void stabilise(Node node) {
        node.setTimer("stabilise", stabilisePeriod);
        if (asked.isEmpty() && !successors.isEmpty()) {
            asked = Optional.of(successor(node.self()));
            node.send(successor(node.self()), new GetPred());
        }
    }

    @OnMessage(when = "isJoined", otherwise = Otherwise.DROP)
    void getPred(GetPred question, @From NodeId from, Node node) {
        node.send(from, new GetPredReply(predecessor, successors));
    }

    @OnMessage(when = "!isJoined", otherwise = Otherwise.DROP)
    void refuse(GetPred question, @From NodeId from, Node node) {
        node.send(from, new Out());
    }

    boolean isAwaited(GetPredReply reply, @From NodeId from) {
        return asked.equals(Optional.of(from));
    }

    /** What the successor knows of those past it and before this node replaces what was known of them, so that the dead are forgotten. */
    @OnMessage(when = "isAwaited", otherwise = Otherwise.DROP)
    void stabilised(GetPredReply reply, @From NodeId from, Node node) {
        asked = Optional.empty();
        successors.removeIf(known -> !Ring.isBetween(position(node.self()), position(known), position(from)));
        learn(with(from, upTo(from, reply.successors(), node.self())), node);
        learn(upTo(node.self(), reply.predecessor().stream().toList(), from), node);
        if (!reply.predecessor().equals(Optional.of(node.self()))) {
            node.send(successor(node.self()), new UpdatePred());
        }
    }

    private List<NodeId> upTo(NodeId start, List<NodeId> nodes, NodeId end) {
        return nodes.stream()
                .filter(node -> Ring.isUpTo(position(start), position(node), position(end)))
                .toList();
    }

    @OnMessage(when = "isJoined", otherwise = Otherwise.DROP)
    void updatePred(UpdatePred update, @From NodeId from, Node node) {
        predecessor = bug.equals("Chord2") ? predecessor : nearestBefore(from, node.self());
        learn(List.of(from), node);
    }

    private Optional<NodeId> nearestBefore(NodeId from, NodeId self) {
        return predecessor
                .filter(known -> !Ring.isBetween(position(known), position(from), position(self)))
                .or(() -> Optional.of(from));
    }

    // fix_fingers and check_predecessor

    /** Who has not answered until now is asked again. */
    @OnTimer(value = "maintain", when = "isJoined")
    void maintain(Node node) {
        node.setTimer("maintain", maintenancePeriod);
        Stream.concat(asked.stream(), predecessor.stream())
                .filter(known -> !known.equals(node.self()))
                .forEach(known -> node.send(known, new GetPred()));
        next = StrictMath.max(next + 1, fingerPast(fingers.getOrDefault(next, successor(node.self())), node.self()));
        if (next >= Long.SIZE) {
            next = fingerPast(successor(node.self()), node.self());
            askForPlace(node);
        }
        if (next < Long.SIZE) {
            findSuccessor(new FindSuccessor(node.self(), next), node);
        }
    }

    /** The first finger that starts past a node: all before it are that node, or come before it. */
    private int fingerPast(NodeId known, NodeId self) {
        return known.equals(self) ? Long.SIZE : Long.SIZE - Long.numberOfLeadingZeros(position(known) - position(self));
    }

    @OnMessage(when = "isJoined", otherwise = Otherwise.DROP)
    void foundSuccessor(FoundSuccessor found, Node node) {
        fingers.subMap(found.finger(), StrictMath.max(found.finger(), fingerPast(found.successor(), node.self())))
                .clear();
        fingers.put(found.finger(), found.successor());
    }

    // Failures

    @OnMessage
    void out(Out out, @From NodeId from, Node node) {
        lost(from, node);
    }

    /** Who has no successor left takes the next one that it knows, however far that is. */
    @OnConnectionError
    void lost(NodeId peer, Node node) {
        remember(peer);
        successors.remove(peer);
        fingers.values().removeIf(peer::equals);
        asked = asked.filter(other -> !other.equals(peer));
        predecessor = predecessor.filter(other -> !other.equals(peer));
        if (joined && successors.isEmpty()) {
            learn(known(), node);
            predecessor = successors.isEmpty() && !bug.equals("e11bce2") ? Optional.of(node.self()) : predecessor;
        }
    }

    private NodeId successor(NodeId self) {
        return successors.isEmpty() ? self : successors.get(0);
    }

    /** The order in which nodes come after one, which is the last itself. */
    private Comparator<NodeId> after(NodeId start) {
        return Comparator.comparing(this::position, Ring.after(position(start)));
    }

    private static List<NodeId> with(NodeId node, List<NodeId> others) {
        return Stream.concat(Stream.of(node), others.stream()).toList();
    }

    /** Keeps the nearest; who knows somebody else is not its own predecessor any more. */
    private void learn(Collection<NodeId> nodes, Node node) {
        SortedSet<NodeId> known = new TreeSet<>(after(node.self()));
        known.addAll(successors);
        known.addAll(nodes);
        known.removeAll(bug.equals("66f159d") ? List.of() : List.of(node.self()));
        successors.clear();
        known.stream().limit(successorCount).forEach(successors::add);
        predecessor = predecessor.filter(
                before -> !before.equals(node.self()) || nodes.stream().allMatch(before::equals));
    }

    // What is asked of it

    @Neighbours
    @OnDowncall
    SortedSet<NodeId> known() {
        SortedSet<NodeId> known = new TreeSet<>(successors);
        known.addAll(fingers.values());
        predecessor.ifPresent(known::add);
        return known;
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

    /** Who knows nobody is its own predecessor. */
    @Safety
    static boolean hasASuccessorUnlessAlone(Chord node, NodeId self) {
        return !node.joined || !node.successors.isEmpty() || node.predecessor.equals(Optional.of(self));
    }

    /** Whoever asks for the place of a node asks that node in the end. */
    @Safety
    static boolean isRootOfItsOwnPlace(Chord node, NodeId self) {
        return !node.joined || node.owns(node.position(self), self);
    }

    @Liveness(within = "60s")
    static boolean allJoined(SystemView<Chord> system) {
        return system.all(node -> node.joined);
    }

    @Liveness(within = "60s")
    static boolean allKnowTheirPredecessor(SystemView<Chord> system) {
        return system.all(node -> node.predecessor.isPresent());
    }

    @Liveness(within = "60s")
    static boolean isPredecessorOfItsSuccessor(SystemView<Chord> system) {
        return allJoined(system)
                && system.nodes().stream().allMatch(self -> {
                    NodeId next = system.state(self).successor(self);
                    return system.isKnown(next)
                            && system.state(next).predecessor.equals(Optional.of(self));
                });
    }

    /** Once around, everybody is met. */
    @Liveness(within = "60s")
    static boolean ringIsClosed(SystemView<Chord> system) {
        SortedSet<NodeId> met = new TreeSet<>();
        Optional<NodeId> last = system.nodes().stream().findFirst();
        while (last.filter(system::isKnown).filter(met::add).isPresent()) {
            last = last.map(self -> system.state(self).successor(self));
        }
        return allJoined(system) && met.size() == system.nodes().size();
    }

    /** Everybody reaches everybody; in large systems only some, as that takes a square of time. */
    @Liveness(within = "60s")
    static boolean allAreReached(SystemView<Chord> system) {
        return allJoined(system)
                && system.nodes().stream()
                        .limit(MOST_REACHED)
                        .allMatch(to -> system.nodes().stream().allMatch(from -> isReached(system, from, to)));
    }

    private static boolean isReached(SystemView<Chord> system, NodeId from, NodeId to) {
        NodeId last = from;
        for (int hops = 0; !last.equals(to) && hops < system.nodes().size() && system.isKnown(last); hops++) {
            last = system.state(last).nextHop(system.state(last).position(to), last);
        }
        return last.equals(to);
    }

    private NodeId nextHop(long key, NodeId self) {
        return owns(key, self) ? self : hops(key, self).get(0);
    }
}
