package dev.foresail.predictor.simulate;

import dev.foresail.predictor.scenario.ScenarioFailedException;
import dev.foresail.predictor.simulate.queue.Cancellable;
import dev.foresail.predictor.simulate.queue.EventQueue;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Virtual time: when it is, what the scenario does when, and as long as the nodes have runtimes also what happens to them. Nodes of a
 * plain protocol have their own queues, in which time goes on between what the scenario does. Not thread-safe.
 */
final class Timeline<S> {
    private final Simulation<S> simulation;
    private final EventQueue queue = new EventQueue();
    /** When the scenario does something next, as long as the nodes have no runtimes. */
    private long worldNanos = Long.MAX_VALUE;

    private long nowNanos;
    private boolean finished;
    private boolean goesOn;
    private Optional<RuntimeException> stopped = Optional.empty();

    Timeline(Simulation<S> simulation) {
        this.simulation = simulation;
    }

    long nowNanos() {
        return nowNanos;
    }

    /** Nodes without runtimes that are alone have come to this time. */
    void advanceTo(long nanos) {
        nowNanos = nanos;
    }

    /** Before this the scenario does nothing. */
    long beforeWorldNanos() {
        return worldNanos - 1;
    }

    /** How much is to happen. */
    long pending() {
        return queue.size();
    }

    /** The scenario does something at a time, at once if that is over. */
    void at(long timeNanos, Runnable action) {
        long atNanos = Math.max(nowNanos, timeNanos);
        worldNanos = Math.min(worldNanos, atNanos);
        queue.add(atNanos, Simulation.WORLD, Simulation.WORLD, (Runnable) () -> play(action));
    }

    private void play(Runnable action) {
        try {
            action.run();
        } catch (OneWorkerNeededException | WindowExchangeException notTheScenarios) {
            throw notTheScenarios;
        } catch (RuntimeException thrown) {
            throw new ScenarioFailedException(Duration.ofNanos(nowNanos), thrown);
        }
    }

    /** Something happens to nodes that have runtimes. */
    void add(long atNanos, int source, int place, Runnable action) {
        queue.add(atNanos, source, place, action);
    }

    void cancel(Cancellable entry) {
        queue.cancel(entry);
    }

    /** The scenario's end does not end the run. */
    void goOnAfterScenario() {
        goesOn = true;
    }

    /** The scenario ends the run. */
    void finish() {
        finished = !goesOn;
    }

    /** The run ends with this, once what happens now is over. */
    void stop(RuntimeException because) {
        stopped = stopped.or(() -> Optional.of(because));
    }

    /** Whether nothing is to happen any more. */
    boolean isHalted() {
        return finished || stopped.isPresent();
    }

    /** Lets virtual time go on until a time, or until the scenario ends the run. */
    void runUntil(long untilNanos) {
        runPlainUntil(untilNanos);
        while (simulation.plain() == null && runOne(untilNanos)) {
            // Until nothing is left to happen.
        }
        throwWhenStopped();
        if (!finished) {
            nowNanos = Math.max(nowNanos, untilNanos);
        }
    }

    private void runPlainUntil(long untilNanos) {
        PlainNodes<S> plain = simulation.plain();
        while (plain != null && !isHalted()) {
            plain.runThrough(Math.min(untilNanos, beforeWorldNanos()));
            plain = simulation.plain();
            if (plain != null && !isHalted() && !runWorld(untilNanos)) {
                return;
            }
            plain = simulation.plain();
        }
    }

    /** Lets happen what is next, up to a time; false when nothing is left, or the scenario has ended the run. */
    boolean runOne(long untilNanos) {
        if (isHalted()) {
            return false;
        }
        PlainNodes<S> plain = simulation.plain();
        boolean happened = plain == null
                ? runNext(untilNanos)
                : plain.runOne(Math.min(untilNanos, beforeWorldNanos())) || runWorld(untilNanos);
        throwWhenStopped();
        return happened;
    }

    private boolean runNext(long untilNanos) {
        if (!queue.next(untilNanos)) {
            return false;
        }
        nowNanos = queue.atNanos();
        simulation.runUnlessPaused(queue.place(), (Runnable) Objects.requireNonNull(queue.what()));
        return true;
    }

    /** Lets happen what the scenario does next, as long as the nodes have no runtimes. */
    private boolean runWorld(long untilNanos) {
        boolean happened = runNext(untilNanos);
        worldNanos = queue.nextNanos();
        return happened;
    }

    private void throwWhenStopped() {
        if (stopped.isPresent()) {
            throw stopped.get();
        }
    }
}
