package dev.foresail.eval.pastry;

import dev.foresail.choice.Above;
import dev.foresail.choice.ChoicePoint;
import dev.foresail.choice.ControlState;
import dev.foresail.choice.Default;
import dev.foresail.choice.Fallback;
import dev.foresail.choice.From;
import dev.foresail.choice.In;
import dev.foresail.choice.Liveness;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.TimeOut;
import dev.foresail.eval.routing.KeyRouting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Pastry: a message goes to a node that shares one more digit with its key at each hop, and at last to the node that is numerically closest among the leaves.
 *
 * <p>Where the paper believes what nodes tell of others, here whoever is told of a node asks it, and takes it for a leaf or an entry of its routing table only when it answers (Castro, Costa, Rowstron:
 * Performance and dependability of structured peer-to-peer overlays, DSN 2004): nodes that have failed are not told of for ever, all entries are measured, and a node that joins counts as joined once all of its
 * leaves know it. The paper's neighbourhood set is replaced by the rows that nodes ask each other for (Castro and others: Exploiting network proximity in peer-to-peer overlay networks, 2002).
 */
@Protocol(value = "pastry", provides = KeyRouting.class)
public final class Pastry implements Ring.Member {
    /** On its way to the node whose nodeId is numerically closest to the joiner's. {@code known}: rows of the nodes on the way. */
    public record Join(Peer joiner, List<Peer> known) {
        public Join {
            known = List.copyOf(known);
        }
    }

    /** The answer of the numerically closest node. */
    public record Placed(List<Peer> known, LeafSet leaves) {
        public Placed {
            known = List.copyOf(known);
        }
    }

    /**
     * Are you there? I am, and these are my leaves.
     *
     * @param sentNanos on the sender's clock
     */
    public record Hello(LeafSet leaves, long sentNanos) {}

    /** The answer. {@code sentNanos} is that of the question. */
    public record Welcome(LeafSet leaves, long sentNanos) {}

    /** Whom do you know for a row of my routing table? */
    public record RowAsked(int row) {}

    /** The answer. */
    public record Row(List<Peer> peers) {
        public Row {
            peers = List.copyOf(peers);
        }
    }

    /** A message of the layer above on its way to the root of its key. */
    public record Routed(long key, Record message) {}

    enum Phase {
        OUT,
        /** Its place is looked for. */
        JOINING,
        /** The nodes around its place are asked. */
        ARRIVING,
        JOINED
    }

    private static final int MOST_CONTACTS = 8;

    @Above
    KeyRouting.Upcalls above;

    final boolean hashedIds;
    final int leavesPerSide;

    @TimeOut("an answer to a join")
    final Duration joinTimeout;

    final Duration rejoinPeriod;
    final Duration exchangePeriod;
    final Duration maintenancePeriod;

    @ControlState
    Phase phase = Phase.OUT;

    /** Whom it joined over and whom it has lost; the last one is asked next, the first one was asked last. */
    final List<NodeId> contacts = new ArrayList<>();

    Peer self;
    LeafSet leaves;
    RoutingTable table;
    /** Who was asked lately and has not answered. */
    final SortedSet<NodeId> asked = new TreeSet<>();
    /** Which leaf has its turn in the exchange. */
    int turn;

    /**
     * @param hashedIds whether nodeIds are hashes of the nodes' names; else they are the names
     * @param leavesPerSide half the size of the leaf set, at least 1
     * @param joinTimeout after so long who has not joined tries again
     * @param rejoinPeriod how often who has joined looks for its place from one of those that it joined over or has lost, so that rings that were cut apart become one again
     * @param exchangePeriod from one exchange of leaf sets to the next, each with another leaf
     * @param maintenancePeriod from one question for a row to the next
     */
    public Pastry(
            @Default("true") boolean hashedIds,
            @Default("8") int leavesPerSide,
            @Default("3s") Duration joinTimeout,
            @Default("60s") Duration rejoinPeriod,
            @Default("1s") Duration exchangePeriod,
            @Default("20s") Duration maintenancePeriod) {
        if (leavesPerSide < 1) {
            throw new IllegalArgumentException("[FS470] there is at least 1 leaf on each side, not " + leavesPerSide);
        }
        this.hashedIds = hashedIds;
        this.leavesPerSide = leavesPerSide;
        this.joinTimeout = joinTimeout;
        this.rejoinPeriod = rejoinPeriod;
        this.exchangePeriod = exchangePeriod;
        this.maintenancePeriod = maintenancePeriod;
        become(new Peer(0, NodeId.of(0)));
    }

    @Override
    public Peer self() {
        return self;
    }

    @Override
    public LeafSet leaves() {
        return leaves;
    }

    @Override
    public boolean isJoined() {
        return phase == Phase.JOINED;
    }

    void become(Peer peer) {
        self = peer;
        leaves = new LeafSet(peer, leavesPerSide, List.of());
        table = new RoutingTable(peer, new TreeMap<>());
    }

    @OnStart
    void start(Node node) {
        become(Peer.of(node.self(), hashedIds));
    }

    // Joining

    boolean isAnotherContact(NodeId known) {
        return !contacts.contains(known);
    }

    /** The first one joins over itself. Who has not joined yet may try another contact. */
    @OnCall(when = "isAnotherContact")
    @In({"OUT", "JOINING"})
    void join(NodeId known, Node node) {
        if (known.equals(node.self())) {
            joined(node);
        } else {
            phase = Phase.JOINING;
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

    private void joined(Node node) {
        phase = Phase.JOINED;
        node.setTimer("exchange", exchangePeriod);
        node.setTimer("maintain", maintenancePeriod);
        node.setTimer("join", rejoinPeriod);
    }

    /** From one contact at a time; of too many, those that were asked last are forgotten. Who does not answer is not waited for any longer. */
    @OnTimer("join")
    void lookForPlace(Node node) {
        asked.clear();
        arrive(node);
        contacts.subList(0, StrictMath.max(0, contacts.size() - MOST_CONTACTS)).clear();
        Collections.rotate(contacts, 1);
        contacts.stream().limit(1).forEach(known -> node.send(known, new Join(self, List.of())));
        node.setTimer("join", phase == Phase.JOINED ? rejoinPeriod : joinTimeout);
    }

    @OnMessage(otherwise = Otherwise.DROP)
    @In("JOINED")
    void place(Join join, Node node) {
        Peer joiner = join.joiner();
        List<Peer> known = Stream.of(join.known(), List.of(self), table.rows(0, self.sharedDigits(joiner.id())))
                .flatMap(List::stream)
                .distinct()
                .toList();
        Peer next = alternatives(joiner.id(), Optional.of(joiner)).get(0);
        if (next.equals(self)) {
            node.send(joiner.address(), new Placed(known, leaves));
        } else {
            node.send(next.address(), new Join(joiner, known));
        }
    }

    @OnMessage(otherwise = Otherwise.DROP)
    @In({"JOINING", "ARRIVING", "JOINED"})
    void placed(Placed placed, Node node) {
        if (phase == Phase.JOINING) {
            phase = Phase.ARRIVING;
        }
        hear(placed.known(), node);
        hear(placed.leaves().members(), node);
        arrive(node);
    }

    private void arrive(Node node) {
        if (phase == Phase.ARRIVING && asked.isEmpty() && !leaves.members().isEmpty()) {
            joined(node);
        }
    }

    // Keeping leaf set and routing table

    private void hear(Collection<Peer> peers, Node node) {
        for (Peer peer : peers) {
            if (leaves.takes(peer) || table.takes(peer)) {
                ask(peer, node);
            }
        }
    }

    private void ask(Peer peer, Node node) {
        if (!peer.equals(self) && asked.add(peer.address())) {
            node.send(peer.address(), new Hello(leaves, node.nowNanos()));
        }
    }

    @OnMessage(otherwise = Otherwise.DROP)
    @In({"JOINING", "ARRIVING", "JOINED"})
    void hello(Hello hello, Node node) {
        meet(hello.leaves(), node);
        node.send(hello.leaves().owner().address(), new Welcome(leaves, hello.sentNanos()));
    }

    @OnMessage(otherwise = Otherwise.DROP)
    @In({"JOINING", "ARRIVING", "JOINED"})
    void welcome(Welcome welcome, Node node) {
        Peer peer = welcome.leaves().owner();
        asked.remove(peer.address());
        table = table.with(peer, node.nowNanos() - welcome.sentNanos());
        meet(welcome.leaves(), node);
        arrive(node);
    }

    private void meet(LeafSet others, Node node) {
        leaves = leaves.with(others.owner());
        hear(List.of(others.owner()), node);
        hear(others.members(), node);
    }

    @OnTimer("exchange")
    void exchange(Node node) {
        asked.clear();
        if (!leaves.members().isEmpty()) {
            turn = (turn + 1) % leaves.members().size();
            ask(leaves.members().get(turn), node);
        }
        node.setTimer("exchange", exchangePeriod);
    }

    /** A nearer node for a slot that is full is found this way only. */
    @OnTimer("maintain")
    void maintain(Node node) {
        List<Peer> known = table.peers().toList();
        if (!known.isEmpty()) {
            Peer peer = known.get(node.random(known.size()));
            node.send(peer.address(), new RowAsked(self.sharedDigits(peer.id())));
        }
        node.setTimer("maintain", maintenancePeriod);
    }

    @OnMessage(otherwise = Otherwise.DROP)
    @In("JOINED")
    void rowAsked(RowAsked question, @From NodeId from, Node node) {
        node.send(from, new Row(table.rows(question.row(), question.row())));
    }

    @OnMessage(otherwise = Otherwise.DROP)
    @In("JOINED")
    void row(Row row, Node node) {
        row.peers().stream().filter(peer -> !table.knows(peer)).forEach(peer -> ask(peer, node));
    }

    /** Who comes next after the leaves, the outermost of them knows; who takes the place of an entry of the routing table, another one of its row. */
    @OnConnectionError
    void lost(NodeId address, Node node) {
        asked.remove(address);
        if (phase == Phase.JOINED) {
            remember(address);
        }
        Stream.concat(leaves.members().stream(), table.peers())
                .filter(peer -> peer.address().equals(address))
                .findFirst()
                .ifPresent(peer -> repair(peer, node));
        arrive(node);
    }

    private void repair(Peer failed, Node node) {
        if (leaves.members().contains(failed)) {
            List<Peer> outermost = leaves.outermostBut(failed);
            leaves = leaves.without(failed);
            outermost.forEach(peer -> ask(peer, node));
        }
        table = table.without(failed);
        int row = self.sharedDigits(failed.id());
        if (table.at(failed.id()).isEmpty()) {
            table.rows(row, row).stream().findFirst().ifPresent(peer -> node.send(peer.address(), new RowAsked(row)));
        }
    }

    // Routing

    @OnDowncall
    void route(long key, Record message, Node node) {
        if (phase == Phase.JOINED) {
            node.send(node.self(), new Routed(key, message));
        }
    }

    @OnDowncall
    boolean isRoot(long key) {
        return phase == Phase.JOINED && nextHop(key).equals(self);
    }

    @OnDowncall
    long position(NodeId node) {
        return Peer.of(node, hashedIds).id();
    }

    @OnDowncall
    List<NodeId> replicas(long key, int count) {
        return leaves.closest(key, count).stream().map(Peer::address).toList();
    }

    @OnMessage(otherwise = Otherwise.DEFER)
    @In("JOINED")
    void routed(Routed routed, @ChoicePoint(from = "nextHops", fallback = Fallback.FIRST) NodeId next, Node node) {
        if (next.equals(node.self())) {
            above.deliver(routed.key(), routed.message());
        } else if (above.forward(routed.key(), routed.message(), next)) {
            node.send(next, routed);
        }
    }

    List<NodeId> nextHops(Routed routed) {
        return alternatives(routed.key(), Optional.empty()).stream()
                .map(Peer::address)
                .toList();
    }

    /** Figure 1 of the paper: this node itself where it is the numerically closest; of the entries of a slot the nearest one first. */
    private List<Peer> alternatives(long key, Optional<Peer> except) {
        LeafSet others = except.map(peer -> leaves.without(peer)).orElse(leaves);
        if (others.covers(key)) {
            return List.of(others.closest(key));
        }
        List<Peer> entries = table.at(key).stream()
                .filter(peer -> !except.equals(Optional.of(peer)))
                .toList();
        return entries.isEmpty() ? List.of(closer(key, except)) : entries;
    }

    /** The rare case. */
    private Peer closer(long key, Optional<Peer> except) {
        return Stream.concat(leaves.members().stream(), table.peers())
                .filter(peer -> peer.sharedDigits(key) >= self.sharedDigits(key))
                .filter(peer -> !except.equals(Optional.of(peer)))
                .filter(peer -> Peer.byDistance(key).compare(peer, self) < 0)
                .min(Peer.byDistance(key))
                .orElse(self);
    }

    /** What it comes to without another choice. */
    @Override
    public Peer nextHop(long key) {
        return alternatives(key, Optional.empty()).get(0);
    }

    @Neighbours
    @OnDowncall
    SortedSet<NodeId> known() {
        SortedSet<NodeId> known = new TreeSet<>();
        Stream.concat(leaves.members().stream(), table.peers()).forEach(peer -> known.add(peer.address()));
        return known;
    }

    // Properties

    /** Each leaf is on one side, in the order of the circle, and this node is none. */
    @Safety
    static boolean leavesAreInOrder(Pastry node) {
        return node.leaves.isInOrder();
    }

    /** Rows are counted by shared digits, columns by the next one. */
    @Safety
    static boolean entriesAreInTheirSlots(Pastry node) {
        return node.table.isInOrder();
    }

    @Safety
    static boolean isRootOfItself(Pastry node) {
        return node.nextHop(node.self.id()).equals(node.self);
    }

    /** Of two nodes next to each other only one takes itself for the root of a key, also right between them; asked in small systems. */
    @Safety
    static boolean neighboursShareNoKeys(SystemView<Pastry> system) {
        return KeyOwners.neighboursShareNone(system);
    }

    @Liveness(within = "60s")
    static boolean allJoined(SystemView<Pastry> system) {
        return system.all(node -> node.phase == Phase.JOINED || node.phase == Phase.OUT);
    }

    /** So that each key has one root. */
    @Liveness(within = "2m")
    static boolean leavesAreThoseThatAreThere(SystemView<Pastry> system) {
        Ring ring = Ring.of(system);
        return system.all(ring::isKnownRightBy);
    }

    @Liveness(within = "2m")
    static boolean allAreReached(SystemView<Pastry> system) {
        Ring ring = Ring.of(system);
        return system.all(ring::isReachedBy);
    }
}
