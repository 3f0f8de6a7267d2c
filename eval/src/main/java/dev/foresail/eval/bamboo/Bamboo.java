package dev.foresail.eval.bamboo;

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
import dev.foresail.eval.pastry.LeafSet;
import dev.foresail.eval.pastry.Peer;
import dev.foresail.eval.pastry.Ring;
import dev.foresail.eval.pastry.RoutingTable;
import dev.foresail.eval.routing.KeyRouting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Bamboo: Pastry's leaf sets and routing table, kept right while nodes come and go all the time. What is wrong is mended now and then and not when it is noticed; each hop is acknowledged, within a time that is reckoned
 * for each neighbour, and what is not goes to the next best node; of nodes that would do, the nearest is taken.
 *
 * <p>Source: Rhea, Geels, Roscoe, Kubiatowicz: Handling churn in a DHT, USENIX 2004; constants of the Bamboo in Mace (Killian et al., PLDI 2007). As in our Pastry, nobody is taken for a neighbour who has not answered.
 */
@Protocol(value = "bamboo", provides = KeyRouting.class)
public final class Bamboo implements Ring.Member {
    /** Routed: who is the root of this key, and who are its leaves? The asker's nodeId is the key when it looks for its place. */
    public record Find(Peer asker) {}

    /** The answer. */
    public record Found(LeafSet leaves) {}

    /**
     * Are you there? These are my leaves.
     *
     * @param isJoined whether the sender can be a leaf
     */
    public record Hello(int number, boolean isJoined, LeafSet leaves) {}

    /** I am, and these are mine. */
    public record Welcome(int number, LeafSet leaves) {}

    /** Whom do you know for a row of my routing table? */
    public record RowAsked(int row) {}

    /** The answer. */
    public record Row(List<Peer> peers) {
        public Row {
            peers = List.copyOf(peers);
        }
    }

    /** A message on its way to the root of its key. */
    public record Routed(int number, long key, Record message) {}

    /** I have it, and see to it. */
    public record Acknowledged(int number) {}

    /** What a node waits for, an answer or an acknowledgement. */
    public record Awaited(NodeId from, Optional<Routed> routed, long sentNanos, long dueNanos) {}

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
    final int patience;

    @TimeOut("an answer to a join")
    final Duration joinTimeout;

    final Duration exchangePeriod;
    final Duration maintenancePeriod;
    final Duration samplePeriod;

    @ControlState
    Phase phase = Phase.OUT;

    /** Whom it joined over and whom it has lost; the last one is asked next, the first one was asked last. */
    final List<NodeId> contacts = new ArrayList<>();

    Peer self;
    LeafSet leaves;
    RoutingTable table;
    /** What was sent last that is answered. */
    int number;
    /** By the number of what was sent. */
    final SortedMap<Integer, Awaited> awaited = new TreeMap<>();
    /** Who has not answered in time, how often in a row. Nothing is sent over them. */
    final SortedMap<NodeId, Integer> suspects = new TreeMap<>();

    final SortedMap<NodeId, RoundTrip> roundTrips = new TreeMap<>();
    /** Which leaf has its turn in the exchange. */
    int turn;

    /**
     * @param hashedIds whether nodeIds are hashes of the nodes' names; else they are the names
     * @param leavesPerSide half the size of the leaf set, at least 1
     * @param patience after so many answers that did not come in time a node is given up, at least 1
     * @param joinTimeout after so long who has not joined tries again; who has joined looks for its place twenty times as seldom, from one of those that it joined over or has lost, so that rings that were cut apart become one again
     * @param exchangePeriod from one exchange of leaf sets to the next, each with another leaf
     * @param maintenancePeriod from one question for a row to the next
     * @param samplePeriod from one lookup of a random key, for its root, to the next; zero for none
     * @throws IllegalArgumentException FS510 for no leaves or no patience
     */
    public Bamboo(
            @Default("true") boolean hashedIds,
            @Default("8") int leavesPerSide,
            @Default("3") int patience,
            @Default("3s") Duration joinTimeout,
            @Default("1s") Duration exchangePeriod,
            @Default("5s") Duration maintenancePeriod,
            @Default("1s") Duration samplePeriod) {
        if (leavesPerSide < 1 || patience < 1) {
            throw new IllegalArgumentException(
                    "[FS510] leavesPerSide and patience are at least 1, not " + leavesPerSide + " and " + patience);
        }
        this.hashedIds = hashedIds;
        this.leavesPerSide = leavesPerSide;
        this.patience = patience;
        this.joinTimeout = joinTimeout;
        this.exchangePeriod = exchangePeriod;
        this.maintenancePeriod = maintenancePeriod;
        this.samplePeriod = samplePeriod;
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
            contacts.add(known);
        }
        lookForPlace(node);
    }

    /** From one contact at a time; of too many, those that were asked last are forgotten. */
    @OnTimer("join")
    void lookForPlace(Node node) {
        contacts.subList(0, StrictMath.max(0, contacts.size() - MOST_CONTACTS)).clear();
        Collections.rotate(contacts, 1);
        contacts.stream().limit(1).forEach(known -> node.send(known, new Routed(0, self.id(), new Find(self))));
        node.setTimer("join", isJoined() ? joinTimeout.multipliedBy(20) : joinTimeout);
    }

    @OnMessage(otherwise = Otherwise.DROP)
    @In("JOINED")
    void find(Find find, Node node) {
        node.send(find.asker().address(), new Found(leaves));
    }

    @OnMessage(otherwise = Otherwise.DROP)
    @In({"JOINING", "ARRIVING", "JOINED"})
    void found(Found found, Node node) {
        if (phase == Phase.JOINING) {
            phase = Phase.ARRIVING;
        }
        measure(List.of(found.leaves().owner()), node);
        hear(found.leaves().members(), node);
        arrive(node);
    }

    /** Who has answers of all around its place, or has waited for them in vain, takes it, tells them, and asks the nearest for its routing table. */
    private void arrive(Node node) {
        boolean isAnswered =
                awaited.values().stream().allMatch(answer -> answer.routed().isPresent());
        if (phase == Phase.ARRIVING && isAnswered && !leaves.members().isEmpty()) {
            joined(node);
            leaves.members().forEach(leaf -> ask(leaf.address(), node));
            Peer nearest =
                    leaves.members().stream().min(Peer.byDistance(self.id())).orElseThrow();
            for (int row = 0; row <= self.sharedDigits(nearest.id()); row++) {
                node.send(nearest.address(), new RowAsked(row));
            }
        }
    }

    private void joined(Node node) {
        phase = Phase.JOINED;
        node.setTimer("exchange", exchangePeriod);
        node.setTimer("maintain", maintenancePeriod);
        if (!samplePeriod.isZero()) {
            node.setTimer("sample", samplePeriod);
        }
    }

    // Keeping leaf set and routing table

    /** Asks those of whom there is use, unless they are asked already or suspected. */
    private void hear(Collection<Peer> peers, Node node) {
        measure(
                peers.stream()
                        .filter(peer -> leaves.takes(peer) || table.takes(peer))
                        .toList(),
                node);
    }

    private void measure(Collection<Peer> peers, Node node) {
        peers.stream()
                .filter(peer -> !peer.equals(self) && !table.knows(peer) || leaves.takes(peer))
                .map(Peer::address)
                .filter(address -> !suspects.containsKey(address) && !isAwaited(address))
                .forEach(address -> ask(address, node));
    }

    private boolean isAwaited(NodeId address) {
        return awaited.values().stream().anyMatch(answer -> answer.from().equals(address));
    }

    private void ask(NodeId address, Node node) {
        node.send(address, new Hello(await(address, Optional.empty(), node), isJoined(), leaves));
    }

    @OnMessage(otherwise = Otherwise.DROP)
    @In("JOINED")
    void hello(Hello hello, @From NodeId from, Node node) {
        suspects.remove(from);
        node.send(from, new Welcome(hello.number(), leaves));
        if (hello.isJoined()) {
            meet(hello.leaves(), node);
        }
    }

    @OnMessage(otherwise = Otherwise.DROP)
    @In({"ARRIVING", "JOINED"})
    void welcome(Welcome welcome, @From NodeId from, Node node) {
        answered(welcome.number(), from, node);
        Peer peer = welcome.leaves().owner();
        RoundTrip roundTrip = expected(from);
        if (roundTrip.isMeasured()) {
            table = table.with(peer, roundTrip.meanNanos());
        }
        meet(welcome.leaves(), node);
        arrive(node);
    }

    private void meet(LeafSet others, Node node) {
        leaves = leaves.with(others.owner());
        hear(List.of(others.owner()), node);
        hear(others.members(), node);
    }

    /** With one leaf after the other, and with those that are suspected, until they have answered or are given up. */
    @OnTimer("exchange")
    void exchange(Node node) {
        for (NodeId suspect : List.copyOf(suspects.keySet())) {
            if (suspects.getOrDefault(suspect, 0) >= patience) {
                forget(suspect);
            } else if (!isAwaited(suspect)) {
                ask(suspect, node);
            }
        }
        if (!leaves.members().isEmpty()) {
            turn = (turn + 1) % leaves.members().size();
            ask(leaves.members().get(turn).address(), node);
        }
        node.setTimer("exchange", exchangePeriod);
    }

    /** Local tuning: nodes near a neighbour are near. */
    @OnTimer("maintain")
    void maintain(Node node) {
        roundTrips
                .keySet()
                .retainAll(Stream.concat(known().stream(), suspects.keySet().stream())
                        .collect(Collectors.toCollection(TreeSet::new)));
        List<Peer> peers = table.peers().toList();
        if (!peers.isEmpty()) {
            Peer peer = peers.get(node.random(peers.size()));
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
        measure(row.peers(), node);
    }

    /** Global tuning: the root of a random key, for each row of the routing table as often. */
    @OnTimer("sample")
    void sample(Node node) {
        long random = (long) node.random(Integer.MAX_VALUE) << Integer.SIZE + 1 | node.random(Integer.MAX_VALUE);
        long key = self.id() ^ random >>> Peer.DIGIT_BITS * node.random(table.rowsInUse());
        node.send(node.self(), new Routed(0, key, new Find(self)));
        node.setTimer("sample", samplePeriod);
    }

    // Answers that come, and those that do not

    private int await(NodeId from, Optional<Routed> routed, Node node) {
        number++;
        awaited.put(
                number,
                new Awaited(
                        from,
                        routed,
                        node.nowNanos(),
                        node.nowNanos() + expected(from).timeoutNanos()));
        watch(node);
        return number;
    }

    private RoundTrip expected(NodeId from) {
        return roundTrips.getOrDefault(from, RoundTrip.UNKNOWN);
    }

    private long earliestDueNanos() {
        return awaited.values().stream().mapToLong(Awaited::dueNanos).min().orElse(Long.MAX_VALUE);
    }

    private void watch(Node node) {
        if (awaited.isEmpty()) {
            node.cancelTimer("timeout");
        } else {
            node.setTimer("timeout", Duration.ofNanos(StrictMath.max(0, earliestDueNanos() - node.nowNanos())));
        }
    }

    private void answered(int answer, NodeId from, Node node) {
        suspects.remove(from);
        Awaited question = awaited.remove(answer);
        if (question != null) {
            long tookNanos = node.nowNanos() - question.sentNanos();
            roundTrips.put(from, expected(from).then(tookNanos));
            watch(node);
        }
    }

    /** The earliest answers are overdue, whatever the clock says: in a search it stands still. */
    @OnTimer("timeout")
    void timeout(Node node) {
        long dueNanos = earliestDueNanos();
        Predicate<Awaited> isOverdue = answer -> answer.dueNanos() <= dueNanos;
        awaited.values().stream().filter(isOverdue).map(Awaited::from).forEach(late -> {
            suspects.merge(late, 1, Integer::sum);
            roundTrips.put(late, expected(late).backedOff());
        });
        giveUp(isOverdue, node);
    }

    @OnConnectionError
    void lost(NodeId address, Node node) {
        forget(address);
        giveUp(answer -> answer.from().equals(address), node);
    }

    /** Messages that nobody has acknowledged are routed once more, from here. */
    private void giveUp(Predicate<Awaited> which, Node node) {
        List<Awaited> over = awaited.values().stream().filter(which).toList();
        awaited.values().removeIf(which);
        over.forEach(answer -> answer.routed().ifPresent(routed -> node.send(node.self(), routed)));
        watch(node);
        arrive(node);
    }

    /** Who has failed may be back some day. */
    private void forget(NodeId address) {
        if (isJoined() && !contacts.contains(address)) {
            contacts.add(address);
        }
        suspects.remove(address);
        roundTrips.remove(address);
        Stream.concat(leaves.members().stream(), table.peers())
                .filter(peer -> peer.address().equals(address))
                .findFirst()
                .ifPresent(peer -> {
                    leaves = leaves.without(peer);
                    table = table.without(peer);
                });
    }

    // Routing

    @OnDowncall
    void route(long key, Record message, Node node) {
        if (isJoined()) {
            node.send(node.self(), new Routed(0, key, message));
        }
    }

    @OnDowncall
    boolean isRoot(long key) {
        return isJoined() && nextHop(key).equals(self);
    }

    @OnDowncall
    long position(NodeId node) {
        return Peer.of(node, hashedIds).id();
    }

    @OnDowncall
    List<NodeId> replicas(long key, int count) {
        return leaves.closest(key, count).stream().map(Peer::address).toList();
    }

    @OnMessage(otherwise = Otherwise.DROP)
    @In("JOINED")
    void routed(
            Routed routed,
            @From NodeId from,
            @ChoicePoint(from = "nextHops", fallback = Fallback.FIRST) NodeId next,
            Node node) {
        if (!from.equals(node.self())) {
            node.send(from, new Acknowledged(routed.number()));
        }
        boolean isOwn = routed.message() instanceof Find;
        if (!next.equals(node.self())) {
            if (isOwn || above.forward(routed.key(), routed.message(), next)) {
                int awaitedNumber = await(next, Optional.of(routed), node);
                node.send(next, new Routed(awaitedNumber, routed.key(), routed.message()));
            }
        } else if (isOwn) {
            node.send(next, routed.message());
        } else {
            above.deliver(routed.key(), routed.message());
        }
    }

    @OnMessage(otherwise = Otherwise.DROP)
    @In("JOINED")
    void acknowledged(Acknowledged acknowledged, @From NodeId from, Node node) {
        answered(acknowledged.number(), from, node);
    }

    /** The node that looks for its place is not on the way there. */
    List<NodeId> nextHops(Routed routed) {
        Optional<Peer> asker = routed.message() instanceof Find find ? Optional.of(find.asker()) : Optional.empty();
        return alternatives(routed.key(), asker).stream().map(Peer::address).toList();
    }

    /** The entries that share a further digit with the key, the nearest first, as long as they are closer to it than any leaf; else whoever is closest. So each hop comes closer, and no message runs in a circle. */
    private List<Peer> alternatives(long key, Optional<Peer> except) {
        Predicate<Peer> isUsable = peer -> !suspects.containsKey(peer.address()) && !except.equals(Optional.of(peer));
        Peer closest = closest(key, leaves.members().stream().filter(isUsable));
        List<Peer> entries = table.at(key).stream()
                .filter(isUsable)
                .filter(peer -> Peer.byDistance(key).compare(peer, closest) < 0)
                .toList();
        return entries.isEmpty()
                ? List.of(closest(
                        key, Stream.concat(Stream.of(closest), table.peers().filter(isUsable))))
                : entries;
    }

    private Peer closest(long key, Stream<Peer> peers) {
        return Stream.concat(Stream.of(self), peers).min(Peer.byDistance(key)).orElse(self);
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
    static boolean leavesAreInOrder(Bamboo node) {
        return node.leaves.isInOrder();
    }

    /** Rows are counted by shared digits, columns by the next one. */
    @Safety
    static boolean entriesAreInTheirSlots(Bamboo node) {
        return node.table.isInOrder();
    }

    @Safety
    static boolean isRootOfItself(Bamboo node) {
        return node.nextHop(node.self.id()).equals(node.self);
    }

    /** A leaf gets what is for it from this node at once, unless it is suspected. */
    @Safety
    static boolean leavesAreReachedAtOnce(Bamboo node) {
        return node.leaves.members().stream()
                .filter(leaf -> !node.suspects.containsKey(leaf.address()))
                .allMatch(leaf -> node.nextHop(leaf.id()).equals(leaf));
    }

    /** Whoever is suspected answers or is given up. */
    @Liveness(within = "60s")
    static boolean suspicionsEnd(SystemView<Bamboo> system) {
        return system.all(node -> node.suspects.isEmpty());
    }

    @Liveness(within = "60s")
    static boolean allJoined(SystemView<Bamboo> system) {
        return system.all(node -> node.isJoined() || node.phase == Phase.OUT);
    }

    /** So that each key has one root. */
    @Liveness(within = "2m")
    static boolean leavesAreThoseThatAreThere(SystemView<Bamboo> system) {
        Ring ring = Ring.of(system);
        return system.all(ring::isKnownRightBy);
    }

    @Liveness(within = "2m")
    static boolean allAreReached(SystemView<Bamboo> system) {
        Ring ring = Ring.of(system);
        return system.all(ring::isReachedBy);
    }
}
