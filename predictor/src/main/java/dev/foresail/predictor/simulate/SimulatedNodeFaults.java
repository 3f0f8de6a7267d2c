package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.scenario.NodeFaults;
import java.time.Duration;
import java.util.Locale;
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
        simulation
                .trace()
                .fault(
                        node,
                        "slow " + nanos + " until " + untilNanos,
                        "takes " + Trace.seconds(nanos) + " for every event, for "
                                + Trace.seconds(untilNanos - simulation.nowNanos()));
        node.backlog().slow(nanos, untilNanos);
    }

    @Override
    public void driftClock(NodeId id, int partsPerMillion) {
        SimulatedNode<S> node = simulation.existing(id);
        if (partsPerMillion < LEAST_DRIFT || partsPerMillion > MOST_DRIFT) {
            throw new IllegalArgumentException("[FS431] a clock drifts by " + LEAST_DRIFT + " to " + MOST_DRIFT
                    + " parts in a million, not by " + partsPerMillion);
        }
        simulation.trace().fault(node, "clock drifts " + partsPerMillion, drift(partsPerMillion));
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
        simulation.trace().fault(node, "clock steps " + nanos, "has a clock that jumps by " + Trace.seconds(nanos));
        node.setClock(clock -> clock.step(nanos));
    }

    private static String drift(int partsPerMillion) {
        return partsPerMillion == 0
                ? "has a clock that runs right from now on"
                : String.format(
                        Locale.ROOT,
                        "has a clock that runs %.1f %% %s",
                        Math.abs(partsPerMillion) / 1e4,
                        partsPerMillion > 0 ? "fast" : "slow");
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
        String told = "comes back without its last " + writes + (writes == 1 ? " write" : " writes");
        restart(
                id,
                "restart without writes " + writes,
                told,
                node -> node.disk().without(writes, node.state()));
    }

    @Override
    public void restartTorn(NodeId id) {
        restart(id, "restart torn", "comes back with a part of its last write", node -> {
            RandomStream random =
                    RandomStream.of(simulation.settings().seed(), "torn write", node.endpoint(), node.incarnation());
            return node.disk().torn(node.state(), random);
        });
    }

    private void restart(NodeId id, String how, String told, Function<SimulatedNode<S>, S> stored) {
        SimulatedNode<S> node = simulation.crashed(id);
        node.boot(stored.apply(node));
        simulation.trace().fault(node, how, told);
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
