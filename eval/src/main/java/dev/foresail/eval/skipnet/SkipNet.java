package dev.foresail.eval.skipnet;

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
import dev.foresail.eval.routing.Contacts;
import dev.foresail.eval.routing.KeyRouting;
import dev.foresail.eval.routing.OverlayNode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * SkipNet: all nodes are in one ring in the order of their names, and by the first bits of their numeric ids in rings that each hold about half of the one below. A message to a name
 * takes the longest step that does not lead past it, so it stays among nodes whose names begin as those of both ends do. A message to a key climbs to the ring of those nodes whose numeric ids begin as it does, as far as there are any, and
 * once around that to the closest one, the root of the key.
 *
 * <p>Who joins looks for its place by its name, and tells those around it once they have answered. Each ring is mended by the one below: along that a node looks for the next one that is in the ring above with it. All that anything rests on is the ring of level 0.
 *
 * <p>Source: Harvey et al., SkipNet, USITS 2003, figures 5 and 7 (routing) and sections 3.5 and 3.6 (join, repair).
 *
 * <p>The bugs that may be put in:
 *
 * <ul>
 *   <li>SN-1: who has joined does not look for its place any more, so that rings that were parted stay so;
 *   <li>SN-2: a message to a name goes to the node that is nearest to it, past it or not;
 *   <li>SN-3: a message to a key ends at the closest node that is known where it has come, without going around.
 * </ul>
 */
@Protocol(value = "skipnet", provides = KeyRouting.class)
public final class SkipNet implements OverlayNode {
    /** Who comes next to {@code joiner}? Travels by name. */
    public record Find(NodeId joiner) {}

    /** These do, and what they know. */
    public record Found(SortedSet<NodeId> near) {}

    /**
     * Are you there?
     *
     * @param isJoined whether the sender can be a neighbour
     * @param known those that the sender knows
     */
    public record Hello(boolean isJoined, SortedSet<NodeId> known) {}

    /** I am, and know these. */
    public record Welcome(SortedSet<NodeId> known) {}

    /** I am in no ring. */
    public record Out() {}

    /** Who comes next to {@code asker} in its ring of that level? Travels along the ring below. */
    public record Seek(NodeId asker, int level) {}

    /** Who has this name, or comes last on the way there? Travels by name. */
    public record Visit(NodeId visitor, NodeId name) {}

    /**
     * A message on its way to the root of a key.
     *
     * @param start where it began to go around the ring that it is in
     * @param best the closest node that it has heard of
     * @param isLast whether it has been once around, and goes to that one
     */
    public record Route(long key, Record message, NodeId start, NodeId best, boolean isLast) {}

    /** What is sent next, and to whom. */
    record Hop(NodeId next, Route route) {}

    enum Phase {
        OUT,
        /** Its place is looked for. */
        JOINING,
        /** The nodes around its place are asked. */
        ARRIVING,
        JOINED
    }

    private static final int MOST_ALTERNATIVES = 16;
    private static final int MOST_COMPARED = 64;

    @Above
    KeyRouting.Upcalls above;

    final String bug;
    final boolean hashed;
    final int leavesPerSide;

    @TimeOut("an answer to a join")
    final Duration joinTimeout;

    final Duration rejoinPeriod;
    final Duration exchangePeriod;

    @ControlState
    Phase phase = Phase.OUT;

    Rings rings;
    Contacts contacts = Contacts.NONE;
    /** Who was asked lately and has not answered. */
    final SortedSet<NodeId> asked = new TreeSet<>();
    /** Which neighbour has its turn in the exchange, and which level is mended next. */
    int turn;

    int mended;

    /** The last message by name that has come here. */
    Optional<Visit> lastVisit = Optional.empty();

    /**
     * @param bug one of those above, or {@code none}
     * @param hashed whether numeric ids are hashes of the nodes' names; else they are the names with their bits in reverse order
     * @param leavesPerSide how many neighbours a node knows on each side of each ring, at least 1
     * @param joinTimeout after so long who has not joined tries again
     * @param rejoinPeriod how often who has joined looks for its place from one of those that it joined over or has lost, so that rings that were cut apart become one again
     * @param exchangePeriod how often a node asks a neighbour in each ring, and mends one ring
     * @throws IllegalArgumentException FS540 when it would know no neighbour
     */
    public SkipNet(
            @Default("none") String bug,
            @Default("true") boolean hashed,
            @Default("8") int leavesPerSide,
            @Default("3s") Duration joinTimeout,
            @Default("20s") Duration rejoinPeriod,
            @Default("1s") Duration exchangePeriod) {
        if (leavesPerSide < 1) {
            throw new IllegalArgumentException(
                    "[FS540] there is at least 1 neighbour on each side, not " + leavesPerSide);
        }
        this.bug = bug;
        this.hashed = hashed;
        this.leavesPerSide = leavesPerSide;
        this.joinTimeout = joinTimeout;
        this.rejoinPeriod = rejoinPeriod;
        this.exchangePeriod = exchangePeriod;
        become(NodeId.of(0));
    }

    @Override
    public boolean isJoined() {
        return phase == Phase.JOINED;
    }

    void become(NodeId self) {
        rings = Rings.of(self, hashed, leavesPerSide);
    }

    @OnStart
    void start(Node node) {
        become(node.self());
    }

    // Joining and leaving

    boolean isAnotherContact(NodeId known) {
        return !contacts.nodes().contains(known);
    }

    /** The first one joins over itself. Who has not joined yet may try another contact. */
    @OnCall(when = "isAnotherContact")
    @In({"OUT", "JOINING"})
    void join(NodeId known, Node node) {
        if (known.equals(node.self())) {
            joined(node);
        } else {
            phase = Phase.JOINING;
            contacts = contacts.with(known);
            lookForPlace(node);
        }
    }

    private void joined(Node node) {
        phase = Phase.JOINED;
        node.setTimer("exchange", exchangePeriod);
        node.setTimer("join", rejoinPeriod);
    }

    /** Who does not answer is not waited for any longer. */
    @OnTimer("join")
    @In({"JOINING", "ARRIVING", "JOINED"})
    void lookForPlace(Node node) {
        asked.clear();
        arrive(node);
        phase = isJoined() ? phase : Phase.JOINING;
        contacts = bug.equals("SN-1") && isJoined() ? Contacts.NONE : contacts;
        contacts.next().ifPresent(known -> node.send(known, new Find(node.self())));
        contacts = contacts.turned();
        node.setTimer("join", isJoined() ? rejoinPeriod : joinTimeout);
    }

    @OnMessage(otherwise = Otherwise.DROP)
    @In("JOINED")
    void find(Find find, Node node) {
        SortedSet<NodeId> others = rings.members();
        others.remove(find.joiner());
        Optional<NodeId> next = towards(find.joiner(), others, node.self());
        others.add(node.self());
        node.send(next.orElse(find.joiner()), next.isPresent() ? find : new Found(others));
    }

    @OnMessage(otherwise = Otherwise.DROP)
    @In({"JOINING", "ARRIVING", "JOINED"})
    void found(Found found, Node node) {
        phase = phase == Phase.JOINING ? Phase.ARRIVING : phase;
        hear(found.near(), node);
        arrive(node);
    }

    /** Who has answers of all around its place, or has waited for them in vain, takes it and tells them. */
    private void arrive(Node node) {
        if (phase == Phase.ARRIVING && asked.isEmpty() && !rings.members().isEmpty()) {
            joined(node);
            rings.members().forEach(neighbour -> ask(neighbour, node));
        }
    }

    @OnCall
    @In("JOINED")
    void leave(Node node) {
        rings.members().forEach(neighbour -> node.send(neighbour, new Out()));
        phase = Phase.OUT;
        contacts = Contacts.NONE;
        asked.clear();
        become(node.self());
    }

    // Neighbours

    private void hear(Collection<NodeId> nodes, Node node) {
        for (NodeId other : nodes) {
            if (rings.takes(other)) {
                ask(other, node);
            }
        }
    }

    private void ask(NodeId other, Node node) {
        if (asked.add(other)) {
            node.send(other, new Hello(isJoined(), rings.members()));
        }
    }

    @OnMessage(otherwise = Otherwise.DROP)
    @In("JOINED")
    void hello(Hello hello, @From NodeId from, Node node) {
        node.send(from, new Welcome(rings.members()));
        if (hello.isJoined()) {
            meet(from, hello.known(), node);
        }
    }

    @OnMessage(otherwise = Otherwise.DROP)
    @In({"OUT", "JOINING", "ARRIVING"})
    void refuse(Hello hello, @From NodeId from, Node node) {
        node.send(from, new Out());
    }

    @OnMessage(otherwise = Otherwise.DROP)
    @In({"ARRIVING", "JOINED"})
    void welcome(Welcome welcome, @From NodeId from, Node node) {
        asked.remove(from);
        meet(from, welcome.known(), node);
        arrive(node);
    }

    private void meet(NodeId other, Collection<NodeId> known, Node node) {
        rings = rings.with(other);
        hear(known, node);
    }

    @OnMessage
    void out(Out out, @From NodeId from, Node node) {
        lost(from, node);
    }

    @OnConnectionError
    void lost(NodeId peer, Node node) {
        contacts = isJoined() ? contacts.with(peer) : contacts;
        asked.remove(peer);
        rings = rings.without(peer);
        arrive(node);
    }

    /** With one neighbour of each ring after the other. */
    @OnTimer("exchange")
    @In("JOINED")
    void exchange(Node node) {
        node.setTimer("exchange", exchangePeriod);
        asked.clear();
        turn = (turn + 1) % StrictMath.max(1, rings.members().size());
        for (int level = 0; level < rings.levels().size(); level++) {
            List<NodeId> ring = rings.around(level);
            ask(ring.get(turn % ring.size()), node);
        }
        mended = (mended + 1) % StrictMath.max(1, rings.levels().size());
        rings.clockwise(mended).stream().limit(1).forEach(next -> node.send(next, new Seek(node.self(), mended + 1)));
    }

    /** The first node of the ring that is met on the way along the one below comes next in it. */
    @OnMessage(otherwise = Otherwise.DROP)
    @In("JOINED")
    void seek(Seek seek, Node node) {
        if (rings.sharedBits(node.self(), rings.numericId(seek.asker())) >= seek.level()) {
            ask(seek.asker(), node);
        } else {
            rings.clockwise(seek.level() - 1).stream()
                    .limit(1)
                    .filter(next -> !rings.isUpTo(seek.asker(), next))
                    .forEach(next -> node.send(next, seek));
        }
    }

    // Routing by name

    /** A message to whoever has that name, or comes last on the way there. */
    @OnCall
    @In("JOINED")
    void visit(NodeId name, Node node) {
        go(new Visit(node.self(), name), node);
    }

    @OnMessage(otherwise = Otherwise.DROP)
    @In("JOINED")
    void go(Visit visit, Node node) {
        lastVisit = Optional.of(visit);
        towards(visit.name(), rings.members(), node.self()).ifPresent(next -> node.send(next, visit));
    }

    /** The longest step that does not lead past the name; none from the node that comes last before it. */
    Optional<NodeId> towards(NodeId name, SortedSet<NodeId> nodes, NodeId self) {
        TreeSet<NodeId> known = new TreeSet<>(nodes);
        boolean isUp = self.compareTo(name) < 0;
        NodeId next = isUp != bug.equals("SN-2") ? known.floor(name) : known.ceiling(name);
        return Optional.ofNullable(next).filter(step -> isUp ? step.compareTo(self) > 0 : step.compareTo(self) < 0);
    }

    // Routing by numeric id

    /** Handled as a message, as there is a choice to be made. */
    @OnDowncall
    void route(long key, Record message, Node node) {
        node.send(node.self(), new Route(key, message, node.self(), node.self(), false));
    }

    @OnDowncall
    boolean isRoot(long key, Node node) {
        return isJoined() && replicas(key, 1, node).contains(node.self());
    }

    @OnDowncall
    long position(NodeId node) {
        return rings.numericId(node);
    }

    /** They come in the order in which they would be the root. */
    @OnDowncall
    List<NodeId> replicas(long key, int count, Node node) {
        return closest(key, Stream.of(node.self())).limit(count).toList();
    }

    private Stream<NodeId> closest(long key, Stream<NodeId> others) {
        return Stream.concat(others, rings.members().stream()).distinct().sorted(rings.byCloseness(key));
    }

    /** Those of a higher ring of the key's, the closest first. */
    List<NodeId> higher(Route route) {
        int level = rings.sharedBits(route.best(), route.key());
        return closest(route.key(), Stream.empty())
                .filter(known -> rings.sharedBits(known, route.key()) > level)
                .limit(MOST_ALTERNATIVES)
                .toList();
    }

    boolean climbs(Route route) {
        return !higher(route).isEmpty();
    }

    @OnMessage(when = "climbs", otherwise = Otherwise.DROP)
    @In("JOINED")
    void climb(
            Route route,
            @ChoicePoint(from = "higher", fallback = Fallback.FIRST, repeatable = true) NodeId next,
            Node node) {
        handOn(up(route, next), next, node);
    }

    static Route up(Route route, NodeId next) {
        return new Route(route.key(), route.message(), next, next, false);
    }

    /** Around the ring, and then to the closest node that was met. */
    @OnMessage(when = "!climbs", otherwise = Otherwise.DROP)
    @In("JOINED")
    void goAround(Route route, Node node) {
        around(route)
                .ifPresentOrElse(
                        hop -> handOn(hop.route(), hop.next(), node),
                        () -> above.deliver(route.key(), route.message()));
    }

    /** None where a message has come to the root of its key. */
    Optional<Hop> around(Route route) {
        long key = route.key();
        NodeId self = rings.owner();
        int level = rings.sharedBits(route.best(), key);
        NodeId best = closest(key, Stream.of(self, route.best())).findFirst().orElseThrow();
        Optional<NodeId> next = rings.clockwise(level).stream()
                .reduce((nearer, farther) -> farther)
                .filter(farthest -> !route.isLast() && !rings.isWholeAt(level) && !bug.equals("SN-3"))
                .filter(farthest -> !rings.isUpTo(route.start(), farthest));
        Route onward = new Route(key, route.message(), route.start(), best, next.isEmpty());
        return next.isEmpty() && best.equals(self) ? Optional.empty() : Optional.of(new Hop(next.orElse(best), onward));
    }

    private void handOn(Route route, NodeId next, Node node) {
        if (above.forward(route.key(), route.message(), next)) {
            node.send(next, route);
        }
    }

    @Neighbours
    @OnDowncall
    SortedSet<NodeId> known() {
        return rings.members();
    }

    // Properties

    /** A message to a name has not come to a node whose name begins otherwise than those of both ends. */
    @Safety
    static boolean visitsStayAmongThoseWithTheirPrefix(SkipNet node, NodeId self) {
        return node.lastVisit.stream()
                .allMatch(visit -> samePrefix(visit.name(), self) >= samePrefix(visit.name(), visit.visitor()));
    }

    static int samePrefix(NodeId one, NodeId other) {
        return Long.numberOfLeadingZeros(one.value() ^ other.value());
    }

    @Liveness(within = "60s")
    static boolean allJoined(SystemView<SkipNet> system) {
        return system.all(node -> node.isJoined() || node.phase == Phase.OUT);
    }

    /** On each level, of two that come next to each other both know it. */
    @Liveness(within = "2m")
    static boolean neighboursAgree(SystemView<SkipNet> system) {
        return system.all(node -> node.phase == Phase.OUT || node.isJoined() && node.isNextToItsNext(system));
    }

    private boolean isNextToItsNext(SystemView<SkipNet> system) {
        for (int level = 0; level < rings.levels().size(); level++) {
            NodeId next = rings.around(level).get(0);
            List<NodeId> back = system.isKnown(next) ? system.state(next).rings.around(level) : List.of();
            if (back.isEmpty() || !back.get(back.size() - 1).equals(rings.owner())) {
                return false;
            }
        }
        return true;
    }

    /** The neighbours in each ring are those that there are; in large systems some nodes are asked, as that takes a square of time. */
    @Liveness(within = "2m")
    static boolean ringsAreThoseThatAreThere(SystemView<SkipNet> system) {
        List<NodeId> joined = system.nodes().stream()
                .filter(node -> system.state(node).isJoined())
                .toList();
        return allJoined(system)
                && joined.stream()
                        .limit(MOST_COMPARED)
                        .allMatch(node -> system.state(node).rings.areOf(joined));
    }

    @Liveness(within = "2m")
    static boolean whoIsMeantIsReached(SystemView<SkipNet> system) {
        return Journeys.reach(system);
    }
}
