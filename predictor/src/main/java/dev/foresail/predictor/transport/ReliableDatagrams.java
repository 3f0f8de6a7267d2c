package dev.foresail.predictor.transport;

import dev.foresail.choice.Above;
import dev.foresail.choice.Datagram;
import dev.foresail.choice.Default;
import dev.foresail.choice.Durable;
import dev.foresail.choice.From;
import dev.foresail.choice.Liveness;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnRestart;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.TimeOut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Messages as datagrams that are sent again until they are acknowledged: each is received once, in any order, or its sender is told that it has failed.
 *
 * <p>Idea. Messages to a peer have numbers, of which at most {@code window} are under way; the others wait. One timer ticks as long as anything is to be
 * acknowledged. A message that was sent for the n-th time waits for 2^n ticks, the first of which may be almost over; after {@code attempts} times everything to the
 * peer has failed, and a new session begins with numbers of its own. What comes is acknowledged each time and handed on the first time. Each message says below which
 * number its sender waits for nothing, so the receiver remembers at most a window of numbers.
 *
 * <p>Starts. A receiver hears of a later session and forgets the one before; what comes of an earlier one is not taken, and its sender told which is known. An acknowledgement
 * says which start of the receiver gives it, and messages for another start are not taken, so that what a node has handed on before a crash is not handed on again after it: the sender is told, and what was under way has
 * failed. The first message to a peer says no start. A node without a disk is told from what it was by its clock; where that begins anew as well, it learns from peers that know a later one.
 *
 * <p>Source: the transport that MaceMC was tried on has these properties (Killian et al., NSDI 2007): the retransmission timer is there when it is needed, sequence
 * numbers agree, in the end nothing is in flight and nothing buffered.
 */
@Protocol(value = "reliable-datagrams", provides = Transport.class)
public final class ReliableDatagrams {
    /** Of how many numbers a receiver keeps track at most, whatever a sender says. */
    private static final int MOST_BEYOND = 1 << 12;

    /**
     * A message.
     *
     * @param to the start of the receiver that has acknowledged something; of number 0 as long as none has
     * @param least the sender waits for no message with a lower number
     */
    @Datagram
    public record Data(Session session, Start to, long least, long number, Record message) {}

    /** The message has come to this start of the receiver. */
    @Datagram
    public record Acknowledgement(Session session, long number, Start by) {}

    /** The session is earlier than one that is known, or the message is for an earlier start of the receiver, which is this one. */
    @Datagram
    public record Outdated(Session session, Session latest, Start by) {}

    @Above
    Transport.Upcalls above;

    final Duration tick;
    final int attempts;
    final int window;

    @Durable
    long starts;

    Start start = Start.UNKNOWN;

    /** By peer the session in which this node sends; the first of its start where there is none. */
    final SortedMap<NodeId, Session> sessions = new TreeMap<>();

    /** By peer the greatest number given in the session. */
    final SortedMap<NodeId, Long> numbers = new TreeMap<>();

    /** The start of each peer that has acknowledged something in the session. */
    final SortedMap<NodeId, Start> receivers = new TreeMap<>();

    /** What is not acknowledged; what was never sent waits for the window. */
    final SortedMap<Parcel, Outgoing> outgoing = new TreeMap<>();

    final SortedMap<NodeId, Heard> heard = new TreeMap<>();

    /** Whether the timer ticks. */
    boolean ticking;

    /**
     * A message to be acknowledged.
     *
     * @param sendings how often it was sent
     * @param ticksLeft until it is sent again or has failed
     */
    public record Outgoing(Record message, int sendings, int ticksLeft) {
        Outgoing ticked() {
            return new Outgoing(message, sendings, ticksLeft - 1);
        }

        /** Sent once more. */
        Outgoing sentAgain() {
            return new Outgoing(message, sendings + 1, 2 << sendings);
        }

        boolean isUnderWay() {
            return sendings > 0;
        }
    }

    /**
     * @param tick between two looks at what is to be sent again
     * @param attempts how often a message is sent until it has failed, 1 to 20
     * @param window how many messages to one peer may be under way, 1 to 1024
     * @throws IllegalArgumentException FS534 when one of them is out of range
     */
    public ReliableDatagrams(@Default("100ms") Duration tick, @Default("6") int attempts, @Default("64") int window) {
        if (tick.isNegative() || tick.isZero() || attempts < 1 || attempts > 20 || window < 1 || window > 1024) {
            throw new IllegalArgumentException(
                    "[FS534] reliable datagrams have a tick above 0, 1 to 20 attempts and a window of 1 to 1024, not "
                            + tick + ", " + attempts + " and " + window);
        }
        this.tick = tick;
        this.attempts = attempts;
        this.window = window;
    }

    /** The longest from the first time that a message is sent until it has failed: 2 + 4 + ... + 2^attempts ticks. Before that it may wait for the window. */
    @TimeOut("acknowledgements of all attempts")
    Duration failsAfter() {
        return tick.multipliedBy((2L << attempts) - 2);
    }

    @OnStart
    void start(Node node) {
        begin(node);
    }

    @OnRestart
    void restart(Node node) {
        begin(node);
    }

    private void begin(Node node) {
        starts++;
        start = new Start(starts, node.nowNanos());
    }

    @OnDowncall
    void send(NodeId to, Record message, Node node) {
        long number = numbers.merge(to, 1L, Long::sum);
        outgoing.put(new Parcel(to, number), new Outgoing(message, 0, 0));
        sendWindow(to, node);
    }

    private Session sessionWith(NodeId peer) {
        return sessions.getOrDefault(peer, new Session(start, 0));
    }

    private SortedMap<Parcel, Outgoing> outgoingTo(NodeId peer) {
        return outgoing.subMap(new Parcel(peer, 0), new Parcel(peer, Long.MAX_VALUE));
    }

    /** Sends what the window has room for, and sees to the timer. */
    private void sendWindow(NodeId to, Node node) {
        SortedMap<Parcel, Outgoing> all = outgoingTo(to);
        if (!all.isEmpty()) {
            long least = all.firstKey().number();
            for (Parcel parcel :
                    List.copyOf(all.headMap(new Parcel(to, least + window)).keySet())) {
                if (!waiting(parcel).isUnderWay()) {
                    transmit(parcel, least, node);
                }
            }
        }
        keepTicking(node);
    }

    private Outgoing waiting(Parcel parcel) {
        return Objects.requireNonNull(outgoing.get(parcel));
    }

    private void transmit(Parcel parcel, long least, Node node) {
        Outgoing sent = waiting(parcel).sentAgain();
        outgoing.put(parcel, sent);
        Start receiver = receivers.getOrDefault(parcel.to(), Start.UNKNOWN);
        node.send(parcel.to(), new Data(sessionWith(parcel.to()), receiver, least, parcel.number(), sent.message()));
    }

    private void keepTicking(Node node) {
        if (outgoing.isEmpty() && ticking) {
            node.cancelTimer("tick");
        } else if (!outgoing.isEmpty() && !ticking) {
            node.setTimer("tick", tick);
        }
        ticking = !outgoing.isEmpty();
    }

    @OnTimer("tick")
    void tick(Node node) {
        ticking = false;
        SortedSet<NodeId> failed = new TreeSet<>();
        outgoing.replaceAll((parcel, each) -> each.isUnderWay() ? each.ticked() : each);
        for (Parcel parcel : List.copyOf(outgoing.keySet())) {
            Outgoing each = waiting(parcel);
            if (each.isUnderWay() && each.ticksLeft() <= 0) {
                if (each.sendings() >= attempts) {
                    failed.add(parcel.to());
                } else {
                    transmit(parcel, outgoingTo(parcel.to()).firstKey().number(), node);
                }
            }
        }
        failed.forEach(this::fail);
        keepTicking(node);
    }

    /** What was sent to the peer has failed; what is sent from now on has a session of its own. */
    private void fail(NodeId peer) {
        Session next = sessionWith(peer).next();
        outgoingTo(peer).clear();
        numbers.remove(peer);
        receivers.remove(peer);
        sessions.put(peer, next);
        above.failed(peer);
    }

    @OnMessage
    void data(Data data, @From NodeId from, Node node) {
        Heard known = heard.getOrDefault(from, Heard.of(data.session()));
        boolean forAnother = data.to().isKnown() && !data.to().equals(start);
        if (forAnother || data.session().compareTo(known.session()) < 0) {
            node.send(from, new Outdated(data.session(), known.session(), start));
            return;
        }
        if (data.session().compareTo(known.session()) > 0) {
            known = Heard.of(data.session());
        }
        boolean isNew = !known.has(data.number());
        if (isNew && data.number() - Math.max(known.upTo(), data.least() - 1) > MOST_BEYOND) {
            return;
        }
        node.send(from, new Acknowledgement(data.session(), data.number(), start));
        if (isNew) {
            heard.put(from, known.with(data.number(), data.least()));
            above.received(from, data.message());
        }
    }

    @OnMessage
    void acknowledged(Acknowledgement acknowledgement, @From NodeId from, Node node) {
        if (!acknowledgement.session().equals(sessionWith(from))) {
            return;
        }
        Start known = receivers.getOrDefault(from, acknowledgement.by());
        if (!known.equals(acknowledgement.by())) {
            startedAnew(from, acknowledgement.by(), node);
            return;
        }
        receivers.put(from, known);
        outgoing.remove(new Parcel(from, acknowledgement.number()));
        sendWindow(from, node);
    }

    @OnMessage
    void outdated(Outdated outdated, @From NodeId from, Node node) {
        if (!outdated.session().equals(sessionWith(from))) {
            return;
        }
        Start known = receivers.getOrDefault(from, outdated.by());
        if (!known.equals(outdated.by())) {
            startedAnew(from, outdated.by(), node);
        } else if (outdated.latest().compareTo(outdated.session()) > 0) {
            outrun(from, outdated.latest(), node);
        }
    }

    /** The peer is not the one any more that has acknowledged so far; news of an earlier start come late. */
    private void startedAnew(NodeId peer, Start by, Node node) {
        if (by.compareTo(receivers.getOrDefault(peer, Start.UNKNOWN)) > 0) {
            fail(peer);
            keepTicking(node);
        }
    }

    /** The peer has heard of a later session of this node, which has forgotten it: everything that waits goes in one that is later still. */
    private void outrun(NodeId peer, Session latest, Node node) {
        sessions.put(peer, new Session(new Start(latest.start().number() + 1, start.nanos()), 0));
        List<Outgoing> waiting = new ArrayList<>(outgoingTo(peer).values());
        outgoingTo(peer).clear();
        numbers.remove(peer);
        for (Outgoing each : waiting) {
            long number = numbers.merge(peer, 1L, Long::sum);
            outgoing.put(new Parcel(peer, number), new Outgoing(each.message(), 0, 0));
        }
        sendWindow(peer, node);
    }

    @Safety
    static boolean retransmissionIsArmedWhenNeeded(ReliableDatagrams node) {
        return node.ticking == !node.outgoing.isEmpty();
    }

    /** Of each peer no more than a window is under way, and nothing waits that the window has room for. */
    @Safety
    static boolean windowIsUsed(ReliableDatagrams node) {
        return node.outgoing.entrySet().stream().allMatch(entry -> {
            long least = node.outgoingTo(entry.getKey().to()).firstKey().number();
            return entry.getValue().isUnderWay() == (entry.getKey().number() < least + node.window);
        });
    }

    /** As long as neither end has begun anew: what counts as acknowledged was received, and what was received was sent. */
    @Safety
    static boolean sequenceNumbersAgree(SystemView<ReliableDatagrams> system) {
        for (NodeId sender : system.nodes()) {
            ReliableDatagrams from = system.state(sender);
            for (NodeId receiver : from.numbers.keySet()) {
                if (system.isKnown(receiver) && !from.agreesWith(system.state(receiver), sender, receiver)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean agreesWith(ReliableDatagrams other, NodeId self, NodeId peer) {
        Heard there = other.heard.get(self);
        if (there == null || !there.session().equals(sessionWith(peer)) || !other.start.equals(receivers.get(peer))) {
            return true;
        }
        long given = numbers.getOrDefault(peer, 0L);
        boolean agrees = there.upTo() <= given && there.beyond().stream().allMatch(number -> number <= given);
        for (long number = there.upTo() + 1; number <= given; number++) {
            agrees &= outgoing.containsKey(new Parcel(peer, number)) || there.has(number);
        }
        return agrees;
    }

    /** In the end nothing is in flight and nothing is buffered. */
    @Liveness
    static boolean everythingIsSettled(ReliableDatagrams node) {
        return node.outgoing.isEmpty();
    }
}
