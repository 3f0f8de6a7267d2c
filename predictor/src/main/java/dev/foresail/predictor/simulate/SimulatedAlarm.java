package dev.foresail.predictor.simulate;

import dev.foresail.predictor.node.Described;
import dev.foresail.predictor.node.Host;
import dev.foresail.predictor.simulate.queue.Cancellable;

/** A task of one incarnation of a node that is to run at a time; never once that incarnation has ended. Not thread-safe. */
final class SimulatedAlarm extends Cancellable implements Host.Alarm, Runnable, Described {
    private final SimulatedNode<?> node;
    private final long incarnation;
    private final Runnable task;

    SimulatedAlarm(SimulatedNode<?> node, Runnable task) {
        this.node = node;
        this.incarnation = node.incarnation();
        this.task = task;
    }

    @Override
    public void cancel() {
        node.cancel(this);
    }

    @Override
    public String description() {
        return Described.of(task);
    }

    /** Does nothing once cancelled, which may be while it waits for a paused node. */
    @Override
    public void run() {
        if (!isCancelled() && node.isUp() && node.incarnation() == incarnation) {
            node.alarmed();
            task.run();
        }
    }
}
