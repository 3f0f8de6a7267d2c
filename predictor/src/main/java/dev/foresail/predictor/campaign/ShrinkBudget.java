package dev.foresail.predictor.campaign;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** How much may be played to make failing seeds small; several may share it. Thread-safe as far as {@code stopped} is. */
public final class ShrinkBudget {
    private final AtomicLong runs;
    private final AtomicLong events;
    private final BooleanSupplier stopped;

    /**
     * @param runs how many runs
     * @param events how many events in all of them together
     * @param stopped whether there is no time left
     */
    public ShrinkBudget(long runs, long events, BooleanSupplier stopped) {
        this.runs = new AtomicLong(runs);
        this.events = new AtomicLong(events);
        this.stopped = stopped;
    }

    /** Whether another run may begin; counts it. */
    boolean takeRun() {
        return !stopped.getAsBoolean() && events.get() > 0 && runs.getAndDecrement() > 0;
    }

    long eventsLeft() {
        return events.get();
    }

    void spend(long played) {
        events.addAndGet(-played);
    }

    BooleanSupplier stopped() {
        return stopped;
    }
}
