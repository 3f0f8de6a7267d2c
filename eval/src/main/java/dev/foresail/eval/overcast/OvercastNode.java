package dev.foresail.eval.overcast;

import dev.foresail.choice.From;
import dev.foresail.choice.Graphs;
import dev.foresail.choice.Liveness;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import dev.foresail.eval.overcast.OvercastMessages.Accepted;
import dev.foresail.eval.overcast.OvercastMessages.Attach;
import dev.foresail.eval.overcast.OvercastMessages.Certificate;
import dev.foresail.eval.overcast.OvercastMessages.CheckIn;
import dev.foresail.eval.overcast.OvercastMessages.Chunk;
import dev.foresail.eval.overcast.OvercastMessages.Credit;
import dev.foresail.eval.overcast.OvercastMessages.Probe;
import dev.foresail.eval.overcast.OvercastMessages.ProbeAnswer;
import dev.foresail.eval.overcast.OvercastMessages.Refused;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A node of the tree, without the choice of its place. It attaches to the root first and moves down from there: in each evaluation it measures its parent, its grandparent and its siblings, and
 * {@link #settle settles} at one of them. Parents know their children by leases and tell upwards of births and deaths below them (the up/down protocol).
 *
 * <p>A stream flows down while the nodes find their places: the source has a new chunk whenever somebody has room for one, others hand on the latest they have.
 */
abstract class OvercastNode {
    /** As published: a download of 10 KB. */
    static final long PROBE_BYTES = 10_240;

    /** So many chunks are on their way to a child at once: none would wait for a round trip each. */
    private static final int WINDOW = 2;

    private static final int MOST_SIBLINGS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration CHECK_IN_PERIOD = Duration.ofSeconds(4);
    /** Ten rounds of one second, as published. */
    private static final Duration LEASE = Duration.ofSeconds(10);

    /** Of a child: until when it is taken to be there, for how many chunks it has room, and the latest that it was sent. */
    public record Child(long untilNanos, int room, long sent) {}

    /** What was measured of a candidate: the rate of its bytes, and what it has itself from its parent, in bytes per second. */
    public record Measured(double bytesPerSecond, double fromParent) {
        /** What comes from the parent's parent through the candidate: the narrower of both ways. */
        double through() {
            return StrictMath.min(bytesPerSecond, fromParent);
        }
    }

    final NodeId root;
    final long chunkBytes;
    final Duration evaluationPeriod;

    boolean isSource;
    Optional<NodeId> parent = Optional.empty();
    /** Whether the parent is lost; its name goes with the next request. */
    boolean isOrphan;

    /** From the root to the parent. */
    List<NodeId> ancestors = new ArrayList<>();

    List<NodeId> siblings = new ArrayList<>();
    /** Who was asked to become the parent, and has not answered. */
    Optional<NodeId> asked = Optional.empty();

    final SortedMap<NodeId, Child> children = new TreeMap<>();
    long changes;
    /** The latest of every node below. */
    final SortedMap<NodeId, Certificate> below = new TreeMap<>();
    /** What the parent has not been told yet. */
    final SortedMap<NodeId, Certificate> news = new TreeMap<>();

    final Deque<NodeId> unmeasured = new ArrayDeque<>();
    final SortedMap<NodeId, Measured> measured = new TreeMap<>();
    /** Measured last from the parent, in bytes per second. */
    double fromParent;

    long newest;
    long receivedBytes;

    OvercastNode(NodeId root, long chunkBytes, Duration evaluationPeriod) {
        this.root = root;
        this.chunkBytes = chunkBytes;
        this.evaluationPeriod = evaluationPeriod;
    }

    @OnStart
    void start(Node node) {
        isSource = node.self().equals(root);
        if (!isSource) {
            ask(root, node);
        }
        node.setTimer("checkIn", CHECK_IN_PERIOD);
    }

    private void ask(NodeId target, Node node) {
        asked = Optional.of(target);
        node.send(target, new Attach(parent, changes + 1));
        node.setTimer("attach", PATIENCE);
    }

    /**
     * Only true siblings, grandchildren, and whoever wants to be a child of the root become children, and none while this node is itself about to move: so no two can come below each other. Who asks once more since the
     * answer is late still has room for what is not under way to it.
     */
    @OnMessage
    void attached(Attach attach, @From NodeId from, Node node) {
        boolean isSibling = parent.isPresent() && attach.parent().equals(parent);
        boolean isGrandchild = attach.parent().filter(children::containsKey).isPresent();
        boolean isAbove = ancestors.contains(from)
                || !isSibling && attach.parent().filter(ancestors::contains).isPresent();
        if (isSource || (isSibling || isGrandchild) && !isAbove && asked.isEmpty()) {
            Certificate before = below.get(from);
            boolean isAskedAgain = children.containsKey(from) && before != null && before.changes() == attach.changes();
            learn(new Certificate(from, node.self(), attach.changes(), true));
            if (!isAskedAgain) {
                children.put(from, new Child(0, WINDOW, 0));
            }
            renew(from, node);
            hand(from, node);
        } else {
            node.send(from, new Refused());
        }
    }

    private void renew(NodeId child, Node node) {
        long untilNanos = node.nowNanos() + LEASE.toNanos();
        children.computeIfPresent(child, (id, was) -> new Child(untilNanos, was.room(), was.sent()));
        List<NodeId> above = new ArrayList<>(ancestors);
        above.add(node.self());
        List<NodeId> beside = new ArrayList<>(children.keySet());
        beside.remove(child);
        node.send(child, new Accepted(above, beside));
    }

    @OnMessage
    void accepted(Accepted accepted, @From NodeId from, Node node) {
        if (asked.equals(Optional.of(from))) {
            asked = Optional.empty();
            node.cancelTimer("attach");
            parent = Optional.of(from);
            isOrphan = false;
            changes++;
            news.putAll(below);
            evaluateSoon(Duration.ofSeconds(1), node);
        }
        if (parent.equals(Optional.of(from))) {
            ancestors = new ArrayList<>(accepted.ancestors());
            siblings = new ArrayList<>(accepted.siblings());
        }
    }

    @OnMessage
    void refused(Refused refused, @From NodeId from, Node node) {
        lost(from, node);
    }

    @OnConnectionError
    void broken(NodeId peer, Node node) {
        if (children.remove(peer) != null) {
            bury(peer);
        }
        lost(peer, node);
    }

    @OnTimer("attach")
    void unanswered(Node node) {
        if (asked.equals(Optional.of(root)) && confirmedParent().isEmpty()) {
            ask(root, node);
        } else {
            asked.ifPresent(target -> lost(target, node));
        }
    }

    /**
     * Who has a parent stays with it when another does not want it; who has none asks the nearest ancestor above, and the root again and again, but not before its patience is over: a root that is down refuses
     * connections at once, and all would ask it without pause.
     */
    private void lost(NodeId peer, Node node) {
        boolean isParent = parent.equals(Optional.of(peer));
        isOrphan |= isParent;
        boolean wasAsked = asked.equals(Optional.of(peer));
        if (wasAsked && confirmedParent().isPresent()) {
            asked = Optional.empty();
            node.cancelTimer("attach");
            evaluateSoon(evaluationPeriod, node);
        } else if (wasAsked && !peer.equals(root) || isParent && asked.isEmpty()) {
            int place = ancestors.indexOf(peer);
            ask(place > 0 ? ancestors.get(place - 1) : root, node);
        }
    }

    // The up/down protocol

    @OnTimer("checkIn")
    void checkIn(Node node) {
        node.setTimer("checkIn", CHECK_IN_PERIOD);
        SortedMap<NodeId, Child> expired = new TreeMap<>(children);
        expired.values().removeIf(child -> child.untilNanos() >= node.nowNanos());
        for (NodeId child : expired.keySet()) {
            children.remove(child);
            bury(child);
        }
        if (parent.isPresent() && asked.isEmpty()) {
            node.send(parent.get(), new CheckIn(List.copyOf(news.values())));
            news.clear();
        }
    }

    @OnMessage
    void checkedIn(CheckIn checkIn, @From NodeId from, Node node) {
        if (children.containsKey(from)) {
            checkIn.news().forEach(this::learn);
            renew(from, node);
        } else {
            node.send(from, new Refused());
        }
    }

    /** What is known already goes no further up. */
    private void learn(Certificate certificate) {
        Certificate before = below.get(certificate.node());
        if (before == null || certificate.isNewerThan(before)) {
            below.put(certificate.node(), certificate);
            news.put(certificate.node(), certificate);
        }
    }

    /** With all that are below it, unless they are known to have gone elsewhere. */
    private void bury(NodeId dead) {
        Certificate last = below.get(dead);
        if (last != null && last.isAlive() && !children.containsKey(dead)) {
            learn(new Certificate(dead, last.parent(), last.changes(), false));
            List.copyOf(below.values()).stream()
                    .filter(certificate -> certificate.parent().equals(dead))
                    .forEach(certificate -> bury(certificate.node()));
        }
    }

    // Looking for a place

    /** Between five eighths of the time and all of it, in few steps: a search tries each. */
    private void evaluateSoon(Duration within, Node node) {
        node.setTimer("evaluate", within.dividedBy(8).multipliedBy(5 + node.random(4)));
    }

    @OnTimer("evaluate")
    void evaluate(Node node) {
        measured.clear();
        unmeasured.clear();
        unmeasured.addAll(ancestors.subList(StrictMath.max(0, ancestors.size() - 2), ancestors.size()));
        List<NodeId> others = new ArrayList<>(siblings);
        while (!others.isEmpty() && unmeasured.size() < 2 + MOST_SIBLINGS) {
            unmeasured.add(others.remove(node.random(others.size())));
        }
        measure(node);
    }

    private void measure(Node node) {
        if (unmeasured.isEmpty()) {
            node.cancelTimer("probe");
            node.setTimer("place", Duration.ZERO);
        } else {
            node.send(unmeasured.getFirst(), new Probe(node.nowNanos()));
            node.setTimer("probe", PATIENCE);
        }
    }

    @OnMessage
    void probed(Probe probe, @From NodeId from, Node node) {
        node.send(from, new ProbeAnswer(probe.sentNanos(), PROBE_BYTES, isSource ? Double.MAX_VALUE : fromParent));
    }

    boolean isAwaited(ProbeAnswer answer, @From NodeId from) {
        return from.equals(unmeasured.peekFirst());
    }

    @OnMessage(when = "isAwaited", otherwise = Otherwise.DROP)
    void measured(ProbeAnswer answer, @From NodeId from, Node node) {
        double seconds = StrictMath.max(1, node.nowNanos() - answer.sentNanos()) / 1e9;
        measured.put(from, new Measured(answer.bytes() / seconds, answer.fromParent()));
        fromParent = parent.equals(Optional.of(from)) ? answer.bytes() / seconds : fromParent;
        next(node);
    }

    @OnTimer("probe")
    void next(Node node) {
        unmeasured.pollFirst();
        measure(node);
    }

    /** The end of an evaluation: to stay with the parent, or to ask somebody else. */
    void settle(NodeId place, Node node) {
        measured.clear();
        if (asked.isEmpty() && !parent.equals(Optional.of(place))) {
            ask(place, node);
        } else {
            evaluateSoon(evaluationPeriod, node);
        }
    }

    // The stream

    /** Chunks as long as there is room: new ones from the source, the latest from others. */
    private void hand(NodeId id, Node node) {
        Child child = Objects.requireNonNull(children.get(id));
        while (chunkBytes > 0 && child.room() > 0 && (isSource || newest > child.sent())) {
            newest += isSource ? 1 : 0;
            node.send(id, new Chunk(newest, chunkBytes));
            child = new Child(child.untilNanos(), child.room() - 1, newest);
        }
        children.put(id, child);
    }

    @OnMessage
    void taken(Credit credit, @From NodeId from, Node node) {
        if (children.computeIfPresent(from, (id, was) -> new Child(was.untilNanos(), was.room() + 1, was.sent()))
                != null) {
            hand(from, node);
        }
    }

    @OnMessage
    void received(Chunk chunk, @From NodeId from, Node node) {
        if (parent.equals(Optional.of(from))) {
            node.send(from, new Credit());
        }
        if (chunk.number() > newest) {
            receivedBytes += chunk.bytes();
            newest = chunk.number();
            List.copyOf(children.keySet()).forEach(child -> hand(child, node));
        }
    }

    // What is asked of it

    /** Whom it may attach to, and whom it feeds: only who is looking for a place needs to know how others are. */
    @Neighbours
    SortedSet<NodeId> family() {
        SortedSet<NodeId> family = new TreeSet<>();
        if (!isSource) {
            family.addAll(children.keySet());
            family.addAll(ancestors);
            family.addAll(siblings);
        }
        return family;
    }

    /** How many bytes of the stream a node has got, in the mean. */
    @Metric
    static double received(SystemView<OvercastNode> view) {
        return view.nodes().stream()
                .mapToLong(id -> view.state(id).receivedBytes)
                .average()
                .orElse(0);
    }

    Optional<NodeId> confirmedParent() {
        return isOrphan ? Optional.empty() : parent;
    }

    @Safety
    static boolean hasNoCycle(SystemView<OvercastNode> system) {
        return Graphs.isForest(system, OvercastNode::confirmedParent);
    }

    /** As long as there is a source. */
    @Liveness(within = "60s")
    static boolean allAttached(SystemView<OvercastNode> system) {
        return system.nodes().stream().noneMatch(id -> system.state(id).isSource)
                || system.all(node -> node.isSource || node.confirmedParent().isPresent());
    }
}
