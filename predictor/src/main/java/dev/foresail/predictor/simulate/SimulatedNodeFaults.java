package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.scenario.FaultRules;
import dev.foresail.predictor.scenario.NodeFaults;
import java.time.Duration;
import java.util.SortedMap;

/** Nodes that are slow, whose clocks go wrong or whose disks lie. Every fault makes runtimes of rows. Not thread-safe. */
final class SimulatedNodeFaults<S> implements NodeFaults {
    private final Simulation<S> simulation;

    SimulatedNodeFaults(Simulation<S> simulation) {
        this.simulation = simulation;
    }

    @Override
    public void serviceTime(NodeId id, Duration time) {
        SimulatedNode<S> node = simulation.existing(id);
        long nanos = FaultRules.nanos(time);
        simulation.trace().world(node, "service time " + nanos);
        node.backlog().serviceTime(nanos);
    }

    @Override
    public void slow(NodeId id, Duration time, Duration duration) {
        SimulatedNode<S> node = simulation.existing(id);
        long nanos = FaultRules.nanos(time);
        long untilNanos = simulation.nowNanos() + FaultRules.nanos(duration);
        simulation.trace().world(node, "slow " + nanos + " until " + untilNanos);
        node.backlog().slow(nanos, untilNanos);
    }

    /** Adds figures of what happened, where anything did. */
    void addFigures(SortedMap<String, Double> records) {
        for (SimulatedNode<S> node : simulation.allNodes()) {
            node.served().ifPresent(backlog -> {
                records.merge("queue.longest", (double) backlog.longest(), Math::max);
                records.merge("queue.seconds", backlog.longestNanos() / 1e9, Math::max);
            });
        }
    }
}
