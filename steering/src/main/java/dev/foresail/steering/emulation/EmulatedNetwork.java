package dev.foresail.steering.emulation;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.Topology;
import dev.foresail.steering.transport.LinkConditions;
import io.netty.channel.ChannelHandler;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The links between the nodes of one machine, emulated after a topology: shared by the nodes. The news of a crash takes its
 * time too, as the simulator's does. Thread-safe.
 */
public final class EmulatedNetwork {
    private final Topology topology;
    private final Map<NodeId, Integer> endpoints;
    private final long seed;
    private final LongSupplier clock;
    private final Map<NodeId, Crash> crashes = new ConcurrentHashMap<>();
    private final Map<Direction, LinkEmulator> emulators = new ConcurrentHashMap<>();
    private final Map<Direction, Long> connections = new ConcurrentHashMap<>();
    private final Set<Direction> partitioned = ConcurrentHashMap.newKeySet();

    /**
     * @param endpoints which endpoint of the topology each node is
     * @param seed of losses and jitter
     * @param clock monotonic time in nanoseconds
     */
    public EmulatedNetwork(Topology topology, Map<NodeId, Integer> endpoints, long seed, LongSupplier clock) {
        this.topology = topology;
        this.endpoints = Map.copyOf(endpoints);
        this.seed = seed;
        this.clock = clock;
    }

    private record Direction(NodeId from, NodeId to) {}

    /** From when on, and within what time, the peers of a crashed node notice. */
    private record Crash(long noticedFromNanos, long noticedWithinNanos) {}

    /** The links of one node. */
    public LinkConditions linksOf(NodeId self) {
        return new LinkConditions() {
            @Override
            public Optional<ChannelHandler> outgoing(NodeId to) {
                return Optional.of(emulator(new Direction(self, to)));
            }

            @Override
            public long noticeDelayNanos(NodeId peer, boolean refused) {
                return noticeNanos(self, peer, refused);
            }
        };
    }

    private LinkEmulator emulator(Direction direction) {
        long connection = connections.merge(direction, 1L, Long::sum);
        RandomStream random =
                RandomStream.of(seed, "link", endpoint(direction.from()), endpoint(direction.to()), connection);
        LinkProfile profile = LinkProfile.of(topology, endpoint(direction.from()), endpoint(direction.to()));
        LinkEmulator emulator = new LinkEmulator(profile, random, () -> partitioned.contains(direction));
        emulators.put(direction, emulator);
        return emulator;
    }

    private long noticeNanos(NodeId self, NodeId peer, boolean refused) {
        if (!endpoints.containsKey(peer)) {
            return LinkEmulator.RETRANSMISSION_NANOS;
        }
        long travel = topology.latencyNanos(endpoint(peer), endpoint(self))
                + (refused ? topology.latencyNanos(endpoint(self), endpoint(peer)) : 0);
        Crash crash = crashes.get(peer);
        if (crash == null) {
            return travel;
        }
        double share = RandomStream.of(seed, "notice", endpoint(peer), crash.noticedFromNanos(), endpoint(self))
                .nextDouble();
        long noticed = crash.noticedFromNanos() + (long) (share * crash.noticedWithinNanos());
        return Math.max(travel, noticed - clock.getAsLong());
    }

    private int endpoint(NodeId node) {
        Integer endpoint = endpoints.get(node);
        if (endpoint == null) {
            throw new IllegalArgumentException(node + " is no node of the emulated network");
        }
        return endpoint;
    }

    /**
     * {@code node} is about to crash. Each peer notices at a time of its own, between {@code noticedFrom} of the clock and
     * {@code noticedWithin} later.
     */
    public void crashing(NodeId node, long noticedFrom, long noticedWithin) {
        crashes.put(node, new Crash(noticedFrom, noticedWithin));
    }

    /** {@code node} has started. */
    public void started(NodeId node) {
        crashes.remove(node);
    }

    /** From now on, until {@link #heal}, nothing that {@code from} sends reaches {@code to}. */
    public void partition(NodeId from, NodeId to) {
        change(new Direction(from, to), true);
    }

    /** What was held back goes through, as TCP sends it again. */
    public void heal(NodeId from, NodeId to) {
        change(new Direction(from, to), false);
    }

    private void change(Direction direction, boolean cut) {
        if (cut) {
            partitioned.add(direction);
        } else {
            partitioned.remove(direction);
        }
        LinkEmulator emulator = emulators.get(direction);
        if (emulator != null) {
            emulator.partitionChanged();
        }
    }

    /** Resets the connection that {@code from} sends to {@code to} over, if there is one. */
    public void reset(NodeId from, NodeId to) {
        LinkEmulator emulator = emulators.get(new Direction(from, to));
        if (emulator != null) {
            emulator.reset();
        }
    }
}
