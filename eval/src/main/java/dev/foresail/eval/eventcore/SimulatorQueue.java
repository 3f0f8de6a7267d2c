package dev.foresail.eval.eventcore;

import dev.foresail.predictor.simulate.queue.EventQueue;
import org.jspecify.annotations.Nullable;

/** The simulator's queue, with the token's receiver as source and place. */
final class SimulatorQueue extends TokenRing {
    private final EventQueue queue = new EventQueue();
    private final @Nullable Object carried;

    /** @param carried what each event carries besides numbers, if anything */
    SimulatorQueue(int nodes, @Nullable Object carried) {
        super(nodes);
        this.carried = carried;
    }

    @Override
    void add(long atTicks, int node) {
        queue.add(atTicks, node, node, carried);
    }

    @Override
    int take() {
        queue.next(Long.MAX_VALUE);
        return queue.place();
    }

    @Override
    long takenAt() {
        return queue.atNanos();
    }
}
