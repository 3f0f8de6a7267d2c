package dev.foresail.eval.recursiveroute;

import dev.foresail.choice.Above;
import dev.foresail.choice.Default;
import dev.foresail.choice.Durable;
import dev.foresail.choice.From;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnChange;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnRestart;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.TimeOut;
import dev.foresail.choice.Uses;
import dev.foresail.eval.recursiveroute.Letter.Phase;
import dev.foresail.eval.routing.KeyRouting;
import dev.foresail.eval.routing.ReliableRouting;
import dev.foresail.eval.routing.RouteFailure;
import dev.foresail.predictor.transport.Start;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Messages over several hops, each of which is acknowledged, and of which the origin hears the outcome; over any overlay whose next hop follows from the key and the node.
 *
 * <p>Idea. At each node the overlay is asked to route a note of the message, and where it would send the note, the message goes itself ({@code forward} takes the note). So the overlay's own choice of the next hop
 * decides, and the overlay knows nothing of this. A node acknowledges a message when it stands in the line to its own next hop; until then the one before has it. A hop that breaks, is not acknowledged in time or
 * knows no next hop has failed: the overlay is asked again, and when it names the same node, after a pause. After {@code attempts} failures at one node the message has ended, and the origin is told.
 *
 * <p>Back-pressure. In the line to a next hop are at most {@code window} messages, of others a node holds at most {@code queue}, of its own at most {@code queue}, and {@code window} of each key. Where there is no
 * room a message is refused and stays upstream, until there is room or the pause is over. Of a line no more than three quarters wait for that, and of one key half: what is more goes back to its origin, which keeps it for a while, longer
 * each time, and no more of that key is taken. So lines to a slow root do not fill, and what is for others gets through. What cannot move in a circle of full nodes is over when its time is.
 *
 * <p>Time is counted in ticks of each node's own timer, and a message says how much it has left, so no clocks are compared; time on the wire does not count.
 *
 * <p>The bugs: RR-1: the root forgets what it has delivered; RR-2: whoever has room at all takes a message, also when the line to the next hop is full; RR-3: the timer does not tick for a message that another node has; RR-4: the
 * origin keeps it to itself that a message is undeliverable.
 */
@Protocol(value = "recursive-route", provides = ReliableRouting.class)
public final class RecursiveRoute {
    /**
     * A message, to the next hop; also as a node has it.
     *
     * @param starts of the origin, as far as it knows: of two of its lives the later one says more
     * @param least of those with a lower number the origin knows the outcome
     */
    public record Hop(Ticket ticket, long starts, long least, long key, Record message, int hops, int ticksLeft) {
        Hop ticked() {
            return new Hop(ticket, starts, least, key, message, hops, ticksLeft - 1);
        }

        Hop onward() {
            return new Hop(ticket, starts, least, key, message, hops + 1, ticksLeft);
        }
    }

    /** What the overlay routes at each node anew, and what never leaves it. */
    public record Note(Ticket ticket) {}

    /** The message is mine now, or has been delivered here. */
    public record Taken(Ticket ticket) {}

    /** I have no room for it. */
    public record Busy(Ticket ticket) {}

    /** I know no next hop for it. */
    public record Stuck(Ticket ticket) {}

    /** Try again what I have refused. */
    public record Ready(Ticket ticket) {}

    /** To the origin, from the root. */
    public record Delivered(Ticket ticket) {}

    /** To the origin, from a root that knows a life of it which says that it is later: that one has started so often. */
    public record Outdated(Ticket ticket, long starts) {}

    /** To the origin, from where it has ended. */
    public record Undeliverable(Ticket ticket, RouteFailure reason) {}

    /** Longer than any way; whatever runs in a circle ends. */
    private static final int MOST_HOPS = 64;

    @Uses
    KeyRouting routing;

    @Above
    ReliableRouting.Upcalls above;

    final Duration tick;

    @TimeOut("an acknowledgement of a hop")
    final Duration hopTimeout;

    @TimeOut("an outcome")
    final Duration deadline;

    final int attempts;
    final int window;
    final int queue;
    final String bug;

    @Durable
    long starts;

    Start start = new Start(0, 0);
    long number;
    boolean ticking;
    boolean hasTurnedAway;
    final SortedMap<Long, Open> open = new TreeMap<>();
    final SortedMap<Ticket, Letter> letters = new TreeMap<>();
    final SortedMap<NodeId, Seen> seen = new TreeMap<>();
    /** Who is not among them tries again after a pause. */
    Refusals refusals = Refusals.NONE;

    /**
     * @param tick between two looks at what has waited too long; the same at all nodes, which count the ticks that each other's messages have left
     * @param hopTimeout for an acknowledgement, half of it for the overlay's answer, and the pause before a refused message is tried again; several ticks
     * @param deadline from sending to an outcome, at most 2^20 ticks
     * @param attempts after so many failures of hops at one node a message has ended, 1 to 20
     * @param window messages in the line to a next hop, and of one key at their origin, 1 to 1024
     * @param queue messages of others that a node holds, and of its own whose outcome is not known, 1 to 1024
     * @param bug one of those above, or {@code none}
     * @throws IllegalArgumentException FS550 when one of them is out of range
     */
    public RecursiveRoute(
            @Default("100ms") Duration tick,
            @Default("1s") Duration hopTimeout,
            @Default("10s") Duration deadline,
            @Default("4") int attempts,
            @Default("16") int window,
            @Default("64") int queue,
            @Default("none") String bug) {
        Limits.checkTimes(tick, hopTimeout, deadline);
        Limits.checkNumbers(attempts, window, queue);
        this.tick = tick;
        this.hopTimeout = hopTimeout;
        this.deadline = deadline;
        this.attempts = attempts;
        this.window = window;
        this.queue = queue;
        this.bug = bug;
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

    private int ticksOf(Duration time) {
        return Limits.ticks(time, tick);
    }

    // The origin

    @OnDowncall
    boolean send(long key, Record message, Node node) {
        if (!hasRoomFor(key)) {
            hasTurnedAway = true;
            return false;
        }
        number++;
        open.put(number, new Open(key, message, ticksOf(deadline), 0));
        route(Letter.of(fromHere(number, node.self()), Optional.empty()));
        return true;
    }

    /** A message of this node, as it sets out. */
    private Hop fromHere(long which, NodeId self) {
        Open mine = Objects.requireNonNull(open.get(which));
        Ticket ticket = new Ticket(self, start, which);
        return new Hop(ticket, starts, open.firstKey(), mine.key(), mine.message(), 0, mine.ticksLeft());
    }

    private boolean hasRoomFor(long key) {
        return open.size() < queue
                && open.values().stream().filter(each -> each.key() == key).count() < window;
    }

    @OnMessage
    void delivered(Delivered delivered, @From NodeId from) {
        tellDelivered(delivered.ticket(), from);
    }

    private void tellDelivered(Ticket ticket, NodeId root) {
        close(ticket).ifPresent(each -> {
            above.delivered(each.key(), root, each.message());
            tellRoom();
        });
    }

    /** This node has lost its disk and calls itself earlier than it was; from now on it says more, and sends the message again. */
    @OnMessage
    void outdated(Outdated outdated, Node node) {
        Ticket ticket = outdated.ticket();
        if (isOpen(ticket)) {
            starts = StrictMath.max(starts, outdated.starts() + 1);
            route(Letter.of(fromHere(ticket.number(), node.self()), Optional.empty()));
        }
    }

    private boolean isOpen(Ticket ticket) {
        return ticket.start().equals(start) && open.containsKey(ticket.number());
    }

    @OnMessage
    void undeliverable(Undeliverable ended, @From NodeId from, Node node) {
        tellUndeliverable(ended.ticket(), ended.reason(), from, node);
    }

    /** What came back because there was no room is kept for a while, as long as it has time. */
    private void tellUndeliverable(Ticket ticket, RouteFailure reason, NodeId where, Node node) {
        Open known = isOpen(ticket) ? open.get(ticket.number()) : null;
        if (known != null && reason == RouteFailure.REFUSED && known.ticksLeft() > 0) {
            Letter again = Letter.of(fromHere(ticket.number(), node.self()), Optional.empty());
            open.put(ticket.number(), known.refused());
            letters.putIfAbsent(ticket, again.held(known.pauseTicks(), true));
            return;
        }
        close(ticket).ifPresent(each -> {
            if (!bug.equals("RR-4")) {
                above.undeliverable(each.key(), reason, where, each.message());
            }
            tellRoom();
        });
    }

    /** Nothing when its outcome has been told. */
    private Optional<Open> close(Ticket ticket) {
        if (!ticket.start().equals(start)) {
            return Optional.empty();
        }
        letters.computeIfPresent(ticket, (key, mine) -> mine.upstream().isEmpty() ? null : mine);
        return Optional.ofNullable(open.remove(ticket.number()));
    }

    private void tellRoom() {
        if (hasTurnedAway) {
            hasTurnedAway = false;
            above.ready();
        }
    }

    // On the way

    /** The overlay has half of the time that the node before waits, which so hears that there is no way on before it has waited too long. */
    private void route(Letter letter) {
        letters.put(letter.ticket(), letter.routed(ticksOf(hopTimeout.dividedBy(2))));
        routing.route(letter.hop().key(), new Note(letter.ticket()));
    }

    private Optional<Letter> routed(Note note) {
        return Optional.ofNullable(letters.get(note.ticket())).filter(letter -> letter.phase() == Phase.ROUTED);
    }

    /** Messages that it has here already are the sender's second try, or have come in a circle, over more hops: to acknowledge those would be to say that this node, which is before the sender, has got rid of them. */
    @OnMessage
    void hop(Hop hop, @From NodeId from, Node node) {
        Letter known = letters.get(hop.ticket());
        if (known != null) {
            if (known.upstream().isEmpty()) {
                boolean isSecondTry = hop.hops() <= known.hop().hops();
                node.send(from, isSecondTry ? new Taken(hop.ticket()) : new Stuck(hop.ticket()));
            }
        } else if (hop.hops() > MOST_HOPS) {
            node.send(from, new Taken(hop.ticket()));
            tellOrigin(hop.ticket(), RouteFailure.TOO_MANY_HOPS, node);
        } else if (held(node.self()) >= queue) {
            refuse(Letter.of(hop, Optional.of(from)), Optional.empty(), node);
        } else {
            route(Letter.of(hop, Optional.of(from)));
        }
    }

    /** How many messages of others are here. */
    private long held(NodeId self) {
        return letters.keySet().stream()
                .filter(ticket -> !ticket.origin().equals(self))
                .count();
    }

    private List<Letter> line(NodeId next) {
        return Lines.to(next, letters.values());
    }

    /** The message goes itself, and the note is not sent on. */
    @OnUpcall
    boolean forward(long key, Note note, NodeId next, Node node) {
        routed(note).ifPresent(letter -> {
            if (letter.hasFailedAt(next)) {
                letters.put(note.ticket(), letter.held(ticksOf(hopTimeout), false));
            } else if (Lines.room(line(next), key, window) <= 0 && !bug.equals("RR-2")) {
                refuse(letter, Optional.of(next), node);
            } else {
                letter.upstream().ifPresent(from -> node.send(from, new Taken(note.ticket())));
                letters.put(note.ticket(), letter.sent(next, ticksOf(hopTimeout)));
                refusals = refusals.without(note.ticket());
                node.send(next, letter.hop().onward());
            }
        });
        return false;
    }

    /** It stays where it is, upstream or here, and is called for when there is room. */
    private void refuse(Letter letter, Optional<NodeId> blocked, Node node) {
        Ticket ticket = letter.ticket();
        if (letter.upstream().isPresent()) {
            letters.remove(ticket);
            node.send(letter.upstream().get(), new Busy(ticket));
        } else {
            letters.put(ticket, letter.held(ticksOf(hopTimeout), true));
        }
        NodeId from = letter.upstream().orElse(node.self());
        refusals = refusals.with(new Refusal(ticket, from, blocked, letter.hop().key()), queue);
    }

    @OnMessage
    void taken(Taken taken, @From NodeId from) {
        lineTo(from, taken.ticket()).ifPresent(letter -> letters.remove(taken.ticket()));
    }

    private Optional<Letter> lineTo(NodeId next, Ticket ticket) {
        return Optional.ofNullable(letters.get(ticket)).filter(letter -> letter.isFor(next));
    }

    /** Those that may get through have room. */
    @OnMessage
    void busy(Busy busy, @From NodeId from, Node node) {
        lineTo(from, busy.ticket()).ifPresent(letter -> {
            letters.put(busy.ticket(), letter.refused(ticksOf(hopTimeout)));
            if (Lines.isHeldUp(line(from), letter.hop().key(), window)) {
                end(letter, RouteFailure.REFUSED, node);
            }
        });
    }

    @OnMessage
    void ready(Ready ready, @From NodeId from) {
        lineTo(from, ready.ticket()).filter(Letter::isRefused).ifPresent(this::route);
    }

    // Back-pressure

    @OnDowncall
    void resume(int messages, Node node) {
        call(refusals.longestBlockedBy(node.self(), Limits.checkResumed(messages)), node);
    }

    /** Lines that have become shorter have room for those that were refused, and so has a queue. */
    @OnChange("letters")
    void makeRoom(Node node) {
        if (refusals.waiting().isEmpty()) {
            return;
        }
        call(refusals.fitting(each -> roomFor(each, node.self())), node);
    }

    /** What was refused by the layer above has none until that says so. */
    private long roomFor(Refusal refusal, NodeId self) {
        Optional<NodeId> blocked = refusal.blocked();
        if (blocked.equals(Optional.of(self))) {
            return 0;
        }
        return blocked.map(next -> Lines.room(line(next), refusal.key(), window))
                .orElseGet(() -> queue - held(self));
    }

    private void call(List<Refusal> called, Node node) {
        refusals = refusals.without(called);
        for (Refusal each : called) {
            if (each.from().equals(node.self())) {
                Optional.ofNullable(letters.get(each.ticket()))
                        .filter(letter -> letter.phase() == Phase.HELD)
                        .ifPresent(this::route);
            } else {
                node.send(each.from(), new Ready(each.ticket()));
            }
        }
    }

    // The root

    @OnUpcall
    void deliver(long key, Note note, Node node) {
        routed(note).ifPresent(letter -> {
            Hop hop = letter.hop();
            Ticket ticket = hop.ticket();
            Seen known = seen.getOrDefault(ticket.origin(), Seen.NOTHING).upTo(hop);
            if (known.isLaterThan(ticket)) {
                arrived(letter, node);
                node.send(ticket.origin(), new Outdated(ticket, known.starts()));
                return;
            }
            boolean isNew = !known.has(ticket) || bug.equals("RR-1");
            if (!known.isOver(ticket) && isNew && !above.deliver(ticket.origin(), key, hop.hops(), hop.message())) {
                refuse(letter, Optional.of(node.self()), node);
                return;
            }
            arrived(letter, node);
            if (!known.isOver(ticket)) {
                seen.put(ticket.origin(), known.with(ticket));
                tellOriginDelivered(ticket, node);
            }
        });
    }

    private void arrived(Letter letter, Node node) {
        letters.remove(letter.ticket());
        refusals = refusals.without(letter.ticket());
        letter.upstream().ifPresent(from -> node.send(from, new Taken(letter.ticket())));
    }

    private void tellOriginDelivered(Ticket ticket, Node node) {
        if (ticket.origin().equals(node.self())) {
            tellDelivered(ticket, node.self());
        } else {
            node.send(ticket.origin(), new Delivered(ticket));
        }
    }

    // Failures

    @OnMessage
    void stuck(Stuck stuck, @From NodeId from, Node node) {
        lineTo(from, stuck.ticket()).ifPresent(letter -> hopFailed(letter, from, node));
    }

    @OnConnectionError
    void lost(NodeId peer, Node node) {
        refusals = refusals.withoutThoseOf(peer);
        for (Ticket ticket : List.copyOf(letters.keySet())) {
            lineTo(peer, ticket).ifPresent(letter -> hopFailed(letter, peer, node));
        }
    }

    /** Whether another next hop is known, the overlay says, which may have heard of the failure as well. */
    private void hopFailed(Letter letter, NodeId next, Node node) {
        above.hopFailed(letter.hop().key(), next, letter.hop().message());
        if (letter.failures() + 1 >= attempts) {
            end(letter, RouteFailure.HOP_FAILED, node);
        } else {
            route(letter.failed());
        }
    }

    /** The overlay has not said where it goes. */
    private void findsNoNextHop(Letter letter, Node node) {
        if (letter.upstream().isPresent()) {
            letters.remove(letter.ticket());
            node.send(letter.upstream().get(), new Stuck(letter.ticket()));
        } else if (letter.failures() + 1 >= attempts) {
            end(letter, RouteFailure.NO_NEXT_HOP, node);
        } else {
            letters.put(letter.ticket(), letter.failed().held(ticksOf(hopTimeout), false));
        }
    }

    /** What upstream has as well is its to tell of. */
    private void end(Letter letter, RouteFailure reason, Node node) {
        letters.remove(letter.ticket());
        if (letter.upstream().isEmpty()) {
            tellOrigin(letter.ticket(), reason, node);
        }
    }

    private void tellOrigin(Ticket ticket, RouteFailure reason, Node node) {
        if (ticket.origin().equals(node.self())) {
            tellUndeliverable(ticket, reason, node.self(), node);
        } else {
            node.send(ticket.origin(), new Undeliverable(ticket, reason));
        }
    }

    // Time

    private boolean hasToTick() {
        return !letters.isEmpty() || !open.isEmpty() && !bug.equals("RR-3");
    }

    @OnChange({"letters", "open", "ticking"})
    void keepTicking(Node node) {
        if (hasToTick() && !ticking) {
            node.setTimer("tick", tick);
        } else if (!hasToTick() && ticking) {
            node.cancelTimer("tick");
        }
        ticking = hasToTick();
    }

    @OnTimer("tick")
    void tick(Node node) {
        ticking = false;
        open.replaceAll((key, each) -> each.ticked());
        letters.replaceAll((ticket, letter) -> letter.ticked());
        for (long each : List.copyOf(open.keySet())) {
            expire(each, node);
        }
        for (Ticket ticket : List.copyOf(letters.keySet())) {
            Optional.ofNullable(letters.get(ticket)).ifPresent(letter -> look(letter, node));
        }
    }

    private void expire(long each, Node node) {
        Open known = open.get(each);
        if (known != null && known.ticksLeft() <= 0) {
            Ticket ticket = new Ticket(node.self(), start, each);
            boolean isRefused = known.refusals() > 0
                    || Optional.ofNullable(letters.get(ticket))
                            .filter(Letter::isRefused)
                            .isPresent();
            tellUndeliverable(ticket, isRefused ? RouteFailure.REFUSED : RouteFailure.EXPIRED, node.self(), node);
        }
    }

    private void look(Letter letter, Node node) {
        if (letter.hop().ticksLeft() <= 0) {
            end(letter, letter.isRefused() ? RouteFailure.REFUSED : RouteFailure.EXPIRED, node);
        } else if (letter.ticks() <= 0) {
            switch (letter.phase()) {
                case ROUTED -> findsNoNextHop(letter, node);
                case SENT -> hopFailed(letter, letter.next().orElseThrow(), node);
                case HELD -> route(letter);
            }
        }
    }

    // What is asked of it

    @OnDowncall
    int open() {
        return open.size();
    }

    /** How many messages are here, of this node and of others. */
    public int holding() {
        return letters.size();
    }

    @Safety
    static boolean windowsAreNotExceeded(RecursiveRoute node) {
        return node.letters.values().stream()
                .flatMap(letter -> letter.next().stream())
                .distinct()
                .allMatch(next -> node.line(next).size() <= node.window);
    }

    @Safety
    static boolean queuesAreBounded(RecursiveRoute node, NodeId self) {
        return node.held(self) <= node.queue
                && node.open.size() <= node.queue
                && node.refusals.waiting().size() <= node.queue;
    }

    /** Who waits for an outcome, or has a message, hears the clock. */
    @Safety
    static boolean ticksWhenNeeded(RecursiveRoute node) {
        return node.ticking || node.open.isEmpty() && node.letters.isEmpty();
    }
}
