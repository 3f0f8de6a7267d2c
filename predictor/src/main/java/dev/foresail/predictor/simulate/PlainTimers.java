package dev.foresail.predictor.simulate;

import dev.foresail.predictor.node.Step;
import dev.foresail.predictor.simulate.PlainTables.PlainTimer;
import dev.foresail.predictor.simulate.queue.EventQueue;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The timers of the nodes of a {@link PlainPart}, and what its queue has of them. Used as the part is.
 *
 * <p>Idea: a number in the node's row grows whenever a timer is armed, fires or is disarmed, and is odd while it is armed. An entry of the
 * queue has the number with which it was armed as its place, so that entries of timers that were moved or cancelled may stay until their time
 * comes, unless they are too many.
 */
final class PlainTimers<S> {
    private static final int LEAST_OUTDATED = 1024;

    private final PlainTables<S> tables;
    private final long[] rows;
    private final EventQueue queue;
    private final Departures<S> departures;
    private final TimerBounds bounds;
    private final Consumer<String> disarming = this::disarm;
    private final Step.TimerTaker arming = this::arm;
    private final Set<String> armed = new Armed();

    /** How many entries of the queue are of timers that have been cancelled or moved. */
    private long outdated;
    /** How many it takes to be looked for. */
    private long sweepAt = LEAST_OUTDATED;
    /** The endpoint of the node whose handler runs. */
    private int current;

    private long nowNanos;
    private int depth;

    PlainTimers(PlainTables<S> tables, EventQueue queue, Departures<S> departures) {
        this.tables = tables;
        this.rows = tables.rows;
        this.queue = queue;
        this.departures = departures;
        this.bounds = new TimerBounds(tables.timers.length);
    }

    /** From now on a node's handler runs. */
    void turnTo(int endpoint) {
        current = endpoint;
    }

    /** The names of the armed timers of the node whose handler runs, as they are. */
    Set<String> armed() {
        return armed;
    }

    /** How far a window may go for the sake of timers, in nanoseconds. */
    long mostWindowNanos() {
        return bounds.mostNanos();
    }

    /** How many entries of the queue are of timers that have been cancelled or moved. */
    long outdated() {
        return outdated;
    }

    /**
     * Does what the node's handler has done with its timers.
     *
     * @param atNanos when
     * @param messages how many messages have followed from one another until then
     */
    void commit(Step<S> step, long atNanos, int messages) {
        nowNanos = atNanos;
        depth = messages;
        step.forEachTimerCancelled(disarming);
        step.forEachTimerSet(arming);
        sweep();
    }

    /** Whether a timer fires that an entry of the queue is of; it is armed no more then. */
    boolean fires(int endpoint, int number, PlainTimer timer) {
        if (!isCurrent(endpoint, timer, number)) {
            outdated--;
            return false;
        }
        rows[tables.place(endpoint, timer)]++;
        bounds.fired(timer.index);
        return true;
    }

    /** Whether an entry of the queue is of a timer as it is armed now. */
    boolean isCurrent(int endpoint, PlainTimer timer, int number) {
        return (int) rows[tables.place(endpoint, timer)] == number;
    }

    boolean isOutdated(int source, int place, @Nullable Object what) {
        return what instanceof PlainTimer timer && !isCurrent(source, timer, place);
    }

    private void disarm(String name) {
        PlainTimer timer = tables.timer(name);
        disarm(tables.place(current, timer), timer);
    }

    private void arm(String name, long delayNanos) {
        PlainTimer timer = tables.timer(name);
        int at = tables.place(current, timer);
        disarm(at, timer);
        rows[at]++;
        bounds.armed(timer.index, delayNanos);
        departures.add(Simulation.later(nowNanos, delayNanos), current, (int) rows[at], timer);
    }

    private void disarm(int at, PlainTimer timer) {
        if ((rows[at] & 1) != 0) {
            rows[at]++;
            bounds.cancelled(timer.index, depth);
            outdated++;
        }
    }

    /** Timers that are moved again and again do not fill the queue. */
    private void sweep() {
        if (outdated > sweepAt && outdated > queue.size() / 2) {
            outdated -= queue.removeIf(this::isOutdated);
            // What is about to happen cannot be taken out: to look for it at once again would be in vain.
            sweepAt = Math.max(LEAST_OUTDATED, 2 * outdated);
        }
    }

    private final class Armed extends AbstractSet<String> {
        @Override
        public boolean contains(Object name) {
            return Arrays.stream(tables.timers).anyMatch(timer -> timer.name.equals(name) && isArmed(timer));
        }

        private boolean isArmed(PlainTimer timer) {
            return (rows[tables.place(current, timer)] & 1) != 0;
        }

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(tables.timers)
                    .filter(this::isArmed)
                    .map(timer -> timer.name)
                    .iterator();
        }

        @Override
        public int size() {
            return (int) Arrays.stream(tables.timers).filter(this::isArmed).count();
        }
    }
}
