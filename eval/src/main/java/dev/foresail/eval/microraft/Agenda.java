package dev.foresail.eval.microraft;

import io.microraft.executor.RaftNodeExecutor;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What MicroRaft is given for an executor: what is to be done at once is done before the handler that runs ends, and what is to be done
 * later is in one list, for which a node needs a single timer. Not thread-safe.
 */
final class Agenda implements RaftNodeExecutor {
    /** When nothing is on the agenda. */
    static final long NEVER = Long.MAX_VALUE;

    private final LongSupplier nowNanos;
    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Item> later = new PriorityQueue<>();
    private long scheduled;

    Agenda(LongSupplier nowNanos) {
        this.nowNanos = nowNanos;
    }

    private record Item(long dueNanos, long number, Runnable task) implements Comparable<Item> {
        @Override
        public int compareTo(Item other) {
            return dueNanos == other.dueNanos
                    ? Long.compare(number, other.number)
                    : Long.compare(dueNanos, other.dueNanos);
        }
    }

    @Override
    public void execute(Runnable task) {
        ready.add(task);
    }

    @Override
    public void submit(Runnable task) {
        ready.add(task);
    }

    @Override
    public void schedule(Runnable task, long delay, TimeUnit unit) {
        later.add(new Item(nowNanos.getAsLong() + unit.toNanos(delay), scheduled++, task));
    }

    /** Does everything that is due, and what comes of it. */
    void runDue() {
        long now = nowNanos.getAsLong();
        runReady();
        for (Item next = later.peek(); next != null && next.dueNanos <= now; next = later.peek()) {
            later.remove();
            next.task.run();
            runReady();
        }
    }

    private void runReady() {
        for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
            task.run();
        }
    }

    /** When there is something to do next; {@link #NEVER} when there is not. */
    long nextNanos() {
        Item next = later.peek();
        return next == null ? NEVER : next.dueNanos;
    }
}
