package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.network.topology.Division;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of all nodes of a plain protocol, which belong to one part or to several ({@link PlainPart}): each part works on its own
 * nodes' rows only, and between the parts' windows anybody on any of them.
 */
final class PlainTables<S> {
    /** In a row: the state of the node's random stream. */
    static final int STREAM = 0;
    /** In a row: when the last message arrives that the node has sent. */
    static final int ARRIVAL = 1;
    /** In a row: to which endpoint that is, if it is the only one to which any is under way, else {@link #SEVERAL}. */
    static final int TARGET = 2;
    /** In a row: the number of the first timer, which is odd while it is armed, and another one each time that it is armed. */
    static final int TIMERS = 3;
    /** In the place of the state of a node that another member has. */
    static final Object ELSEWHERE = new Object();
    /** In the place of a {@link #TARGET}: messages are under way to more than one. */
    static final long SEVERAL = 1L << Integer.SIZE;
    /** Beside a {@link #TARGET}: messages have been sent that are not on their way yet ({@link Departures}). */
    static final long POSTPONED = 2 * SEVERAL;

    final Machine<S> machine;
    final Class<S> stateType;
    final PlainTimer[] timers;
    /** By endpoint; nothing as long as the node was not started. */
    final @Nullable Object[] states;
    /** By endpoint, side by side as they are needed together. */
    final long[] rows;

    final int stride;
    final ConnectedPairs connected;
    private final long firstId;
    private final @Nullable Division division;
    /** Of the parts the first one that is in this process, and how many are. */
    private final int firstOwn;

    private final int ownParts;
    /** How many were started: when all were, nobody need look whether one was. */
    private int started;

    /** A timer of the protocol: what the queue's entries of it carry. */
    static final class PlainTimer {
        final String name;
        final int index;
        final Event.TimerFired fired;

        PlainTimer(String name, int index) {
            this.name = name;
            this.index = index;
            this.fired = new Event.TimerFired(name);
        }
    }

    /** Of all nodes in one part. */
    PlainTables(SimulationSettings<S> settings) {
        this.machine = settings.machine();
        this.stateType = machine.stateType();
        this.division = null;
        this.firstOwn = 0;
        this.ownParts = 1;
        List<NodeId> ids = settings.nodes();
        this.firstId = ids.get(0).value();
        this.timers = new PlainTimer[machine.timers().size()];
        for (int timer = 0; timer < timers.length; timer++) {
            timers[timer] = new PlainTimer(machine.timers().get(timer), timer);
        }
        this.states = new @Nullable Object[ids.size()];
        this.stride = TIMERS + timers.length;
        this.rows = new long[ids.size() * stride];
        for (int endpoint = 0; endpoint < states.length; endpoint++) {
            rows[endpoint * stride + STREAM] =
                    SimulatedNode.worldOf(settings.seed(), endpoint).state();
        }
        this.connected = new ConnectedPairs(ids.size());
    }

    /** The same rows, which nobody has used yet, in several parts, of which some are in this process. */
    PlainTables(PlainTables<S> unused, Division division, int firstOwn, int ownParts) {
        this.machine = unused.machine;
        this.stateType = unused.stateType;
        this.timers = unused.timers;
        this.states = unused.states;
        this.rows = unused.rows;
        this.stride = unused.stride;
        this.connected = unused.connected;
        this.firstId = unused.firstId;
        this.division = division;
        this.firstOwn = firstOwn;
        this.ownParts = ownParts;
    }

    int size() {
        return states.length;
    }

    /** The part of a node. */
    int partOf(int endpoint) {
        return division == null ? 0 : division.partOf(endpoint);
    }

    /** Whether a part is in this process. */
    boolean isOwnPart(int part) {
        return part >= firstOwn && part < firstOwn + ownParts;
    }

    boolean isOwn(int endpoint) {
        return isOwnPart(partOf(endpoint));
    }

    /** Whether there are parts in other processes. */
    boolean isPartitioned() {
        return division != null && ownParts < division.parts();
    }

    NodeId id(int endpoint) {
        return NodeId.of(firstId + endpoint);
    }

    /** The endpoint of a node, -1 when the system has no such node. */
    int endpoint(NodeId id) {
        long endpoint = id.value() - firstId;
        return endpoint >= 0 && endpoint < states.length ? (int) endpoint : -1;
    }

    /** A node is up from now on. */
    void start(int endpoint, S state) {
        states[endpoint] = state;
        started++;
    }

    /** A node of another member is up from now on. */
    void startElsewhere(int endpoint) {
        states[endpoint] = ELSEWHERE;
        started++;
    }

    boolean anyIsUp() {
        return started > 0;
    }

    boolean allAreUp() {
        return started == states.length;
    }

    boolean isUp(int endpoint) {
        return states[endpoint] != null;
    }

    @SuppressWarnings({"unchecked", "NullAway"})
    S state(int endpoint) {
        return (S) states[endpoint];
    }

    PlainTimer timer(String name) {
        int timer = 0;
        while (!timers[timer].name.equals(name)) {
            timer++;
        }
        return timers[timer];
    }

    int place(int endpoint, PlainTimer timer) {
        return endpoint * stride + TIMERS + timer.index;
    }
}
