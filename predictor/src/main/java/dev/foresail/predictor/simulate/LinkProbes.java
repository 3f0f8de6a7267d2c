package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.network.plane.LinkReport;
import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.LinkSampler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Lets simulated nodes measure their links all the time, as live ones do, whose kernels and news tell them of every connection
 * (docs/network-model.md), and tell each other what they have measured: without it a simulated node knows its own links only, and those only when it gathers checkpoints.
 *
 * <p>Every node probes each peer that it has a connection with once in an interval. The answer comes back at once, however busy the peer is,
 * as acknowledgements of TCP do, and brings what the peer has measured by then of its own links, and how long events take it. Delays
 * and losses are those of the topology, drawn from a stream of their own, so that they do not shift what the world draws.
 *
 * <p>In two things simulated nodes differ from live ones. These do not learn yet how long events take their peers. And no probe is ever lost on a
 * link that loses some: it comes later, as what connections send again; only where a link is silent does none arrive. Not thread-safe.
 */
public final class LinkProbes<S> {
    private final Simulation<S> simulation;
    /** Of a probe or its answer, with the report that it brings; where links have no queues, each is a message like any other. */
    private static final long PROBE_BYTES = 200;

    private final LinkSampler sampler;
    private final RandomStream random;
    private final long intervalNanos;
    private long sent;

    private LinkProbes(Simulation<S> simulation, Duration interval) {
        this.simulation = simulation;
        this.sampler = new LinkSampler(simulation.settings().topology());
        this.random = RandomStream.of(simulation.settings().seed(), "probes");
        this.intervalNanos = interval.toNanos();
    }

    /**
     * From now on the nodes probe; to be said before anything happens.
     *
     * @param interval above 0
     */
    public static <S> LinkProbes<S> between(Simulation<S> simulation, Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("probes have an interval above 0, not " + interval);
        }
        simulation.makeRuntimes();
        LinkProbes<S> probes = new LinkProbes<>(simulation, interval);
        simulation.allNodes().forEach(node -> {
            node.measureByProbes();
            probes.again(node);
        });
        return probes;
    }

    /** How many probes and answers were sent so far. */
    public long sent() {
        return sent;
    }

    private void again(SimulatedNode<S> node) {
        long atNanos = Simulation.later(simulation.nowNanos(), intervalNanos);
        simulation.scheduleOutside(node, atNanos, () -> {
            if (node.isUp()) {
                List.copyOf(node.connections().keySet()).forEach(peer -> probe(node, peer));
            }
            again(node);
        });
    }

    private void probe(SimulatedNode<S> node, NodeId peer) {
        SimulatedNode<S> target = simulation.node(peer);
        if (target == null || target == node || isLost(node, target)) {
            return;
        }
        long askedNanos = simulation.nowNanos();
        after(node, target, () -> {
            if (!target.isUp() || isLost(target, node)) {
                return;
            }
            List<LinkReport<NodeId>> report = target.delays().report(target.nowNanos());
            Condition condition = new Condition(target.usualServiceNanos(), target.uplinkBytesPerSecond());
            after(target, node, () -> answered(node, peer, askedNanos, report, condition));
        });
    }

    /** What a node knows of its own speed. */
    private record Condition(long serviceNanos, double uplinkBytesPerSecond) {}

    private boolean isLost(SimulatedNode<S> from, SimulatedNode<S> to) {
        return simulation.network().isSilent(from, to);
    }

    private void after(SimulatedNode<S> from, SimulatedNode<S> to, Runnable arrived) {
        sent++;
        long nowNanos = simulation.nowNanos();
        Optional<LinkQueues<S>> queues = simulation.network().queues();
        if (queues.isPresent()) {
            long usualNanos = simulation.settings().topology().latencyNanos(from.endpoint(), to.endpoint(), nowNanos);
            long delayNanos = sampler.deliveryNanos(from.endpoint(), to.endpoint(), 0, nowNanos, random)
                    + simulation.network().latencyNanos(from, to)
                    - usualNanos;
            queues.get().carry(from, to, PROBE_BYTES, delayNanos, (uplink, narrowest) -> arrived.run());
            return;
        }
        long delayNanos = SimulatedNetwork.delayNanos(sampler, from.endpoint(), to.endpoint(), nowNanos, random);
        long usualNanos = simulation.settings().topology().latencyNanos(from.endpoint(), to.endpoint(), nowNanos);
        long disturbedNanos = simulation.network().latencyNanos(from, to) - usualNanos;
        simulation.scheduleOutside(from, Simulation.later(nowNanos, delayNanos + disturbedNanos), arrived);
    }

    private void answered(
            SimulatedNode<S> node, NodeId peer, long askedNanos, List<LinkReport<NodeId>> report, Condition condition) {
        if (node.isUp()) {
            long nowNanos = node.nowNanos();
            node.delays().roundTrip(peer, simulation.nowNanos() - askedNanos, nowNanos);
            node.delays().reported(peer, report, nowNanos);
            node.delays().served(peer, condition.serviceNanos());
            node.delays().sendsOut(peer, condition.uplinkBytesPerSecond());
            node.delays().served(node.id(), node.usualServiceNanos());
            node.delays().sendsOut(node.id(), node.uplinkBytesPerSecond());
        }
    }
}
