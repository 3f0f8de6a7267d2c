package dev.foresail.predictor.simulate;

import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.LinkSampler;
import dev.foresail.predictor.simulate.queue.EventQueue;
import java.util.Arrays;

/**
 * What the nodes of a {@link PlainPart} send, and the timers that they arm, on the way into its queue and to other parts. Used as the part is.
 *
 * <p>Idea: among very many nodes each message waits for memory where its receiver's place in the network is looked up, and once more where
 * it is put into the queue. What is sent cannot arrive before the network's least latency has passed, so it may be postponed until
 * then: what several events have sent goes on its way together, and the waits overlap. The order in which entries come into the queue is
 * the same, and so are the draws: a node that has postponed messages handles nothing before they are on their way.
 */
final class Departures<S> {
    /** Much of what fewer nodes have is in the processor's caches, and to postpone costs more than it saves (measured in decision 075). */
    static final int LEAST_NODES = 1 << 15;
    /** So many are postponed at most, but for those of one event. */
    private static final int MOST = 32;
    /** Arrays for more than this, which one event may have needed, are not kept. */
    private static final int MOST_KEPT = 1024;

    private static final int NO_TARGET = -1;

    private final PlainTables<S> tables;
    private final EventQueue queue;
    private final LinkSampler sampler;
    private final long[] rows;
    private final int stride;
    private final int index;
    /** Of this part, by receiving part, and whether a window is odd; empty when there is one part. */
    private final Outbox[][] outboxes;

    private final boolean isAlone;
    private final long leastNanos;
    private final LastArrivals lastArrivals = new LastArrivals();
    private final RandomStream world = RandomStream.ofState(0);

    private boolean postpones;
    private int odd;
    private long sentBetween;
    private double delayNanosBetween;

    /** Of each that is postponed when it was sent. */
    private long[] nanos = new long[MOST];
    /** When it arrives, and of a timer when it fires. */
    private long[] arrivals = new long[MOST];

    private int[] sources = new int[MOST];
    private int[] targets = new int[MOST];
    private int[] places = new int[MOST];
    private Object[] carried = new Object[MOST];
    private int size;
    private long postponed;
    private long earliestNanos = Long.MAX_VALUE;

    // Written so that no compiler leaves out what is read.
    @SuppressWarnings("UnusedVariable")
    private long touched;

    /** @param outboxes of this part, by receiving part, and whether a window is odd; empty when there is one part */
    Departures(PlainTables<S> tables, EventQueue queue, LinkSampler sampler, int index, Outbox[][] outboxes) {
        this.tables = tables;
        this.queue = queue;
        this.sampler = sampler;
        this.rows = tables.rows;
        this.stride = tables.stride;
        this.index = index;
        this.outboxes = outboxes;
        this.isAlone = outboxes.length == 0;
        this.leastNanos = tables.size() < LEAST_NODES ? 0 : sampler.leastNanos();
    }

    /** From now on until {@link #close} things may be postponed: whoever takes from the queue looks at {@link #earliestNanos}. */
    void open(int window) {
        odd = window & 1;
        postpones = leastNanos > 0;
    }

    /** From now on nothing is postponed; what is postponed waits for {@link #flush}. */
    void close() {
        postpones = false;
    }

    /** Whether messages and timers are postponed at present. */
    boolean postpones() {
        return postpones;
    }

    /** How many are postponed. */
    int size() {
        return size;
    }

    /** How many messages and timers were postponed until now. */
    long postponed() {
        return postponed;
    }

    boolean isFull() {
        return size >= MOST;
    }

    /** Nothing that is postponed is due before this. */
    long earliestNanos() {
        return earliestNanos;
    }

    /** How many messages were sent to other parts. */
    long sentBetween() {
        return sentBetween;
    }

    /** How long those take, altogether. */
    double delayNanosBetween() {
        return delayNanosBetween;
    }

    /** Whether a node has postponed messages: its stream must not be drawn from before they are on their way. */
    boolean hasPostponed(int endpoint) {
        return (rows[endpoint * stride + PlainTables.TARGET] & PlainTables.POSTPONED) != 0;
    }

    /** Something happens to a node at a time that is no message to it. */
    void add(long atNanos, int endpoint, int place, Object what) {
        if (postpones) {
            int entry = enter(endpoint, NO_TARGET, place, what);
            arrivals[entry] = atNanos;
            earliestNanos = Math.min(earliestNanos, atNanos);
        } else {
            queue.add(atNanos, endpoint, place, what);
        }
    }

    /** A message is sent, later than all before. */
    void postpone(int from, int target, int place, Object message, long nowNanos) {
        rows[from * stride + PlainTables.TARGET] |= PlainTables.POSTPONED;
        int entry = enter(from, target, place, message);
        nanos[entry] = nowNanos;
        earliestNanos = Math.min(earliestNanos, from == target ? nowNanos : nowNanos + leastNanos);
    }

    private int enter(int source, int target, int place, Object what) {
        if (size == sources.length) {
            resize(2 * size);
        }
        sources[size] = source;
        targets[size] = target;
        places[size] = place;
        carried[size] = what;
        postponed++;
        return size++;
    }

    private void resize(int entries) {
        nanos = Arrays.copyOf(nanos, entries);
        arrivals = Arrays.copyOf(arrivals, entries);
        sources = Arrays.copyOf(sources, entries);
        targets = Arrays.copyOf(targets, entries);
        places = Arrays.copyOf(places, entries);
        carried = Arrays.copyOf(carried, entries);
    }

    /** A message is sent and nothing is postponed. */
    void send(int from, int target, int place, Object message, long nowNanos, RandomStream drawn) {
        put(arrivalNanos(from, target, nowNanos, drawn), from, target, place, message, nowNanos);
    }

    private long arrivalNanos(int from, int target, long nowNanos, RandomStream drawn) {
        long delayNanos = SimulatedNetwork.delayNanos(sampler, from, target, nowNanos, drawn);
        if (delayNanos < leastNanos && from != target) {
            throw new IllegalStateException("a message from " + tables.id(from) + " to " + tables.id(target) + " takes "
                    + delayNanos + " ns, and the network promises " + leastNanos + " at least");
        }
        return behindLast(from, target, nowNanos + delayNanos, nowNanos);
    }

    /**
     * Everything that is postponed goes on its way.
     *
     * @throws IllegalStateException when something takes less time than the network promises: what came after it may have happened
     */
    void flush() {
        if (size == 0) {
            return;
        }
        // One pass for each place in memory that is waited for.
        for (int entry = 0; entry < size; entry++) {
            if (targets[entry] != NO_TARGET) {
                touched += sampler.touch(sources[entry]) + sampler.touch(targets[entry]);
                touched += isAlone ? 0 : tables.partOf(targets[entry]);
            }
        }
        for (int entry = 0; entry < size; entry++) {
            if (targets[entry] != NO_TARGET) {
                arrivals[entry] = arrivalNanos(sources[entry], targets[entry], nanos[entry]);
            }
            touched += queue.touch(arrivals[entry]);
        }
        for (int entry = 0; entry < size; entry++) {
            depart(entry);
        }
        forget();
    }

    private void forget() {
        Arrays.fill(carried, 0, size, null);
        size = 0;
        earliestNanos = Long.MAX_VALUE;
        if (carried.length > MOST_KEPT) {
            resize(MOST);
        }
    }

    private long arrivalNanos(int from, int target, long nowNanos) {
        int row = from * stride;
        world.continueFrom(rows[row + PlainTables.STREAM]);
        rows[row + PlainTables.TARGET] &= ~PlainTables.POSTPONED;
        long arrivalNanos = arrivalNanos(from, target, nowNanos, world);
        rows[row + PlainTables.STREAM] = world.state();
        return arrivalNanos;
    }

    private void depart(int entry) {
        Object what = carried[entry];
        if (targets[entry] == NO_TARGET) {
            queue.add(arrivals[entry], sources[entry], places[entry], what);
        } else {
            put(arrivals[entry], sources[entry], targets[entry], places[entry], what, nanos[entry]);
        }
    }

    private void put(long atNanos, int source, int target, int place, Object message, long nowNanos) {
        int part = isAlone ? index : tables.partOf(target);
        if (part == index) {
            queue.add(atNanos, source, place, message);
        } else {
            sentBetween++;
            delayNanosBetween += atNanos - nowNanos;
            outboxes[part][odd].add(atNanos, source, place, message);
        }
    }

    /** Nothing is on its way any more. */
    void clear() {
        for (int entry = 0; entry < size; entry++) {
            rows[sources[entry] * stride + PlainTables.TARGET] &= ~PlainTables.POSTPONED;
        }
        forget();
    }

    /** When a message arrives that would arrive at a time: none overtakes another one to the same node. */
    private long behindLast(int from, int target, long arrivalNanos, long nowNanos) {
        int row = from * stride;
        long lastNanos = rows[row + PlainTables.ARRIVAL];
        long only = rows[row + PlainTables.TARGET];
        if (lastNanos <= nowNanos) {
            rows[row + PlainTables.ARRIVAL] = arrivalNanos;
            rows[row + PlainTables.TARGET] = target;
            return arrivalNanos;
        }
        if (only == target) {
            rows[row + PlainTables.ARRIVAL] = Math.max(lastNanos, arrivalNanos);
            return rows[row + PlainTables.ARRIVAL];
        }
        if (only != PlainTables.SEVERAL) {
            lastArrivals.follow(from, (int) only, lastNanos, nowNanos);
            rows[row + PlainTables.TARGET] = PlainTables.SEVERAL;
        }
        long arrival = lastArrivals.follow(from, target, arrivalNanos, nowNanos);
        rows[row + PlainTables.ARRIVAL] = Math.max(lastNanos, arrival);
        return arrival;
    }
}
