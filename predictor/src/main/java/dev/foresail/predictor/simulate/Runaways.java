package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import java.util.function.Supplier;

/**
 * What is said and done when a simulation's protocol runs away. Not thread-safe, but for {@link #outOfMemory(Culprit, OutOfMemoryError)},
 * which any worker may call.
 */
final class Runaways<S> {
    private final Simulation<S> simulation;
    private final MemoryReserve reserve = new MemoryReserve();
    private SimulationLimits limits;

    Runaways(Simulation<S> simulation) {
        this.simulation = simulation;
        this.limits = SimulationLimits.of(simulation.settings().nodes().size());
    }

    void limitTo(SimulationLimits most) {
        limits = most;
    }

    SimulationLimits limits() {
        return limits;
    }

    /** A node, or the scenario, for people. */
    String name(int endpoint) {
        return endpoint == Simulation.WORLD
                ? Culprit.SCENARIO.node()
                : simulation.settings().nodes().get(endpoint).toString();
    }

    private void clear() {
        simulation.timeline().clear();
        PlainNodes<S> plain = simulation.plain();
        if (plain != null) {
            plain.clear();
        }
    }

    private double seconds() {
        return simulation.nowNanos() / 1e9;
    }

    /**
     * A limit was passed.
     *
     * @param senders counts what is pending
     * @param last what has happened last
     */
    RunawayException passed(RunawayWatch.Passed passed, long pending, Supplier<PendingCount> senders, Culprit last) {
        return new RunawayException(
                passed == RunawayWatch.Passed.PENDING_EVENTS
                        ? Runaway.pending(pending, limits, senders.get(), this::name, seconds())
                        : Runaway.atOneTime(limits, last, seconds()));
    }

    /** Memory has run out while a node without a runtime handled something. */
    RunawayException outOfMemory(Culprit during, OutOfMemoryError exhausted) {
        reserve.release();
        RunawayException runaway = new RunawayException(Runaway.outOfMemory(during, simulation.pending(), seconds()));
        runaway.initCause(exhausted);
        return runaway;
    }

    /** Memory has run out in whatever happens now. */
    RunawayException outOfMemory(OutOfMemoryError exhausted) {
        reserve.release();
        return outOfMemory(simulation.account().present().orElse(Culprit.SCENARIO), exhausted);
    }

    /** As {@link Simulation#runaway}. */
    Runaway of(Throwable thrown) {
        Runaway runaway = thrown instanceof OutOfMemoryError exhausted
                ? outOfMemory(exhausted).runaway()
                : ((RunawayException) thrown).runaway();
        return runaway.code().equals(Runaway.OUT_OF_MEMORY) ? withLargestState(runaway) : runaway;
    }

    private Runaway withLargestState(Runaway outOfMemory) {
        clear();
        LargestState<S> largest = new LargestState<>(simulation.settings().machine());
        for (NodeId node : simulation.nodes()) {
            if (simulation.isUp(node)) {
                largest.look(node, simulation.stateItself(node));
            }
        }
        return largest.text().map(text -> outOfMemory.plus("; " + text)).orElse(outOfMemory);
    }
}
