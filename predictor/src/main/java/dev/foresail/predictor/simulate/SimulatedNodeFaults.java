package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.scenario.NodeFaults;
import java.time.Duration;
import java.util.SortedMap;
import java.util.function.Function;

/** Nodes that are slow, whose clocks go wrong or whose disks lie. Not thread-safe. */
final class SimulatedNodeFaults<S> implements NodeFaults {
    private final Simulation<S> simulation;

    SimulatedNodeFaults(Simulation<S> simulation) {
        this.simulation = simulation;
    }

    @Override
    public void serviceTime(NodeId id, Duration time) {
        SimulatedNode<S> node = simulation.existing(id);
        long nanos = NodeFaults.nanosOf(time);
        simulation.trace().world(node, "service time " + nanos);
        node.backlog().serviceTime(nanos);
    }

    @Override
    public void slow(NodeId id, Duration time, Duration duration) {
        SimulatedNode<S> node = simulation.existing(id);
        long nanos = NodeFaults.nanosOf(time);
        long untilNanos = Simulation.later(simulation.nowNanos(), NodeFaults.nanosOf(duration));
        simulation.trace().world(node, "slow " + nanos + " until " + untilNanos);
        node.backlog().slow(nanos, untilNanos);
    }

    @Override
    public void driftClock(NodeId id, int partsPerMillion) {
        SimulatedNode<S> node = simulation.existing(id);
        if (partsPerMillion < LEAST_DRIFT || partsPerMillion > MOST_DRIFT) {
            throw new IllegalArgumentException("[FS431] a clock drifts by " + LEAST_DRIFT + " to " + MOST_DRIFT
                    + " parts in a million, not by " + partsPerMillion);
        }
        simulation.trace().world(node, "clock drifts " + partsPerMillion);
        node.setClock(clock -> clock.drift(simulation.nowNanos(), partsPerMillion));
    }

    @Override
    public void stepClock(NodeId id, Duration ahead) {
        SimulatedNode<S> node = simulation.existing(id);
        long nanos = ahead.isNegative() ? -NodeFaults.nanosOf(ahead.negated()) : NodeFaults.nanosOf(ahead);
        if (nanos < 0 && node.isUp()) {
            throw new IllegalArgumentException("[FS431] the clock of a running node does not go back, as by " + ahead
                    + "; that of a node that is down may");
        }
        if (node.nowNanos() + nanos < 0) {
            throw new IllegalArgumentException("[FS431] a clock does not go back below zero: that of " + id + " reads "
                    + Duration.ofNanos(node.nowNanos()) + ", and is to go back by " + ahead.negated());
        }
        simulation.trace().world(node, "clock steps " + nanos);
        node.setClock(clock -> clock.step(nanos));
    }

    @Override
    public void rememberWrites(int most) {
        atLeastOne(most);
        simulation.makeRuntimes();
        simulation.allNodes().forEach(node -> node.rememberWrites(most));
    }

    @Override
    public void restartWithoutWrites(NodeId id, int writes) {
        atLeastOne(writes);
        restart(id, "restart without writes " + writes, node -> node.disk().without(writes, node.state()));
    }

    @Override
    public void restartTorn(NodeId id) {
        restart(id, "restart torn", node -> {
            RandomStream random =
                    RandomStream.of(simulation.settings().seed(), "torn write", node.endpoint(), node.incarnation());
            return node.disk().torn(node.state(), random);
        });
    }

    private void restart(NodeId id, String how, Function<SimulatedNode<S>, S> stored) {
        SimulatedNode<S> node = simulation.crashed(id);
        node.boot(stored.apply(node));
        simulation.trace().world(node, how);
        node.runtime().restart();
    }

    private static void atLeastOne(int writes) {
        if (writes < 1) {
            throw new IllegalArgumentException("[FS431] at least 1 write, not " + writes);
        }
    }

    /** Adds figures of what has waited for slow nodes, if there were any. */
    void addFigures(SortedMap<String, Double> records) {
        for (SimulatedNode<S> node : simulation.allNodes()) {
            node.served().ifPresent(backlog -> {
                records.merge("queue.longest", (double) backlog.longest(), Math::max);
                records.merge("queue.seconds", backlog.longestNanos() / 1e9, Math::max);
            });
        }
    }
}
