package dev.foresail.steering.emulation;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.LinkSampler;
import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.steering.transport.LinkConditions;
import io.netty.channel.ChannelHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The links between the nodes of one machine, emulated after a topology: shared by the nodes. The news of a crash takes its
 * time too, as the simulator's does. Thread-safe.
 */
public final class EmulatedNetwork {
    /** How long after the failure of a link, or an attempt to connect, its ends notice: as in simulations. */
    private static final long SCRIPT_NOTICED_NANOS = Stage.CUT_NOTICED_AFTER.toNanos();

    private final Topology topology;
    private final EmulatedAccesses accesses;
    private final Map<NodeId, Integer> endpoints;
    private final long seed;
    private final LongSupplier clock;
    private volatile long beganNanos;
    private final Map<NodeId, Crash> crashes = new ConcurrentHashMap<>();
    private final Map<Direction, LinkEmulator> emulators = new ConcurrentHashMap<>();
    private final Map<Direction, EmulatedLink> datagramLinks = new ConcurrentHashMap<>();
    private final Map<Direction, Long> connections = new ConcurrentHashMap<>();
    private final Map<Direction, LinkGate> gates = new ConcurrentHashMap<>();
    private final Map<Direction, Cut> cuts = new ConcurrentHashMap<>();
    private final Map<NodeId, Long> silentlyReset = new ConcurrentHashMap<>();
    private final Set<Direction> partitioned = ConcurrentHashMap.newKeySet();

    /**
     * Links that change with time, and fail, as the topology's script says: from now on, or from {@link #begin}.
     *
     * @param endpoints which endpoint of the topology each node is
     * @param seed of losses and jitter
     * @param clock monotonic time in nanoseconds
     */
    public EmulatedNetwork(Topology topology, Map<NodeId, Integer> endpoints, long seed, LongSupplier clock) {
        this.topology = topology;
        this.accesses = new EmulatedAccesses(topology.size());
        this.endpoints = Map.copyOf(endpoints);
        this.seed = seed;
        this.clock = clock;
        this.beganNanos = clock.getAsLong();
    }

    /** It is the beginning of the topology's script now, not when this was made. Before nodes use the network. */
    public void begin() {
        beganNanos = clock.getAsLong();
    }

    private record Direction(NodeId from, NodeId to) {
        Direction back() {
            return new Direction(to, from);
        }
    }

    private record Cut(long fromNanos, long untilNanos, long noticedAfterNanos) {
        /** A later cut of the same pair. */
        Cut and(Cut later) {
            return new Cut(later.fromNanos, Math.max(untilNanos, later.untilNanos), later.noticedAfterNanos);
        }
    }

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
            public Optional<ChannelHandler> incoming(NodeId from) {
                LinkGate gate = new LinkGate();
                gates.put(new Direction(from, self), gate);
                return Optional.of(gate);
            }

            @Override
            public boolean isCut(NodeId peer) {
                return cutBetween(self, peer).isPresent();
            }

            @Override
            public boolean losesDatagrams(NodeId peer) {
                return isCut(peer) || partitioned.contains(new Direction(self, peer));
            }

            @Override
            public OptionalLong datagramDelayNanos(NodeId to) {
                return losesDatagrams(to)
                        ? OptionalLong.empty()
                        : datagramLink(new Direction(self, to)).datagramNanos();
            }

            @Override
            public long noticeDelayNanos(NodeId peer, OptionalLong incarnation, boolean refused) {
                if (!refused && isSilent(peer, incarnation)) {
                    boolean used = Optional.ofNullable(emulators.get(new Direction(self, peer)))
                            .filter(LinkEmulator::hasDropped)
                            .isPresent();
                    return used ? noticeNanos(self, peer, true) : WHEN_USED;
                }
                return noticeNanos(self, peer, refused);
            }

            @Override
            public long ownDelayNanos() {
                return latencyNanos(self, self);
            }
        };
    }

    private long latencyNanos(NodeId from, NodeId to) {
        return topology.latencyNanos(endpoint(from), endpoint(to), sinceBeginningNanos());
    }

    private long sinceBeginningNanos() {
        return clock.getAsLong() - beganNanos;
    }

    /** Used by the sender's event loop alone. */
    private EmulatedLink datagramLink(Direction direction) {
        return datagramLinks.computeIfAbsent(direction, added -> {
            RandomStream random =
                    RandomStream.of(seed, "datagrams", endpoint(direction.from()), endpoint(direction.to()));
            return new EmulatedLink(
                    topology,
                    accesses,
                    endpoint(direction.from()),
                    endpoint(direction.to()),
                    random,
                    this::sinceBeginningNanos);
        });
    }

    private LinkEmulator emulator(Direction direction) {
        long connection = connections.merge(direction, 1L, Long::sum);
        RandomStream random =
                RandomStream.of(seed, "link", endpoint(direction.from()), endpoint(direction.to()), connection);
        EmulatedLink link = new EmulatedLink(
                topology,
                accesses,
                endpoint(direction.from()),
                endpoint(direction.to()),
                random,
                this::sinceBeginningNanos);
        LinkEmulator emulator = new LinkEmulator(
                link, () -> partitioned.contains(direction), () -> breakConnection(direction.from(), direction.to()));
        emulators.put(direction, emulator);
        return emulator;
    }

    private long noticeNanos(NodeId self, NodeId peer, boolean refused) {
        if (!endpoints.containsKey(peer)) {
            return LinkSampler.RETRANSMISSION_NANOS;
        }
        long travel = latencyNanos(peer, self) + (refused ? latencyNanos(self, peer) : 0);
        Optional<Cut> cut = cutBetween(self, peer);
        if (refused && cut.isPresent()) {
            return cut.get().noticedAfterNanos();
        }
        OptionalLong cutNoticed = cutNoticedInNanos(self, peer);
        if (!refused && cutNoticed.isPresent()) {
            return cutNoticed.getAsLong();
        }
        Crash crash = crashes.get(peer);
        if (crash == null) {
            return travel;
        }
        double share = RandomStream.of(seed, "notice", endpoint(peer), crash.noticedFromNanos(), endpoint(self))
                .nextDouble();
        long noticed = crash.noticedFromNanos() + (long) (share * crash.noticedWithinNanos());
        return Math.max(travel, noticed - clock.getAsLong());
    }

    /** Those that have begun: by request, and by the topology's script. */
    private Stream<Cut> cutsBetween(NodeId one, NodeId other) {
        Stream<Cut> asked = Optional.ofNullable(cuts.get(new Direction(one, other))).stream();
        Integer here = endpoints.get(one);
        Integer there = endpoints.get(other);
        if (here == null || there == null) {
            return asked;
        }
        long now = sinceBeginningNanos();
        Stream<Cut> scripted = topology.failures().stream()
                .filter(failure -> failure.fromNanos() <= now && failure.isBetween(here, there))
                .map(failure -> new Cut(
                        beganNanos + failure.fromNanos(), beganNanos + failure.untilNanos(), SCRIPT_NOTICED_NANOS));
        return Stream.concat(asked, scripted);
    }

    /** The cut that lasts now. */
    private Optional<Cut> cutBetween(NodeId one, NodeId other) {
        return cutsBetween(one, other)
                .filter(cut -> clock.getAsLong() < cut.untilNanos())
                .findFirst();
    }

    /** How long it takes until the ends of what was cut notice; empty when that is past or nothing was cut. */
    private OptionalLong cutNoticedInNanos(NodeId one, NodeId other) {
        return cutsBetween(one, other)
                .mapToLong(cut -> cut.fromNanos() + cut.noticedAfterNanos() - clock.getAsLong())
                .filter(left -> left > 0)
                .findFirst();
    }

    private boolean isSilent(NodeId peer, OptionalLong incarnation) {
        return incarnation.isPresent() && incarnation.getAsLong() <= silentlyReset.getOrDefault(peer, -1L);
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

    /** The starts of {@code node} up to {@code incarnation} are ended; nobody is told unless a connection is used. */
    public void silentlyReset(NodeId node, long incarnation) {
        silentlyReset.put(node, incarnation);
    }

    /**
     * From now on and for {@code durationNanos} nothing passes between two nodes: their connections break, with all that is
     * under way, and none can be made. Each end notices {@code noticedAfterNanos} after the cut, or its attempt to connect.
     */
    public void cut(NodeId one, NodeId other, long durationNanos, long noticedAfterNanos) {
        long now = clock.getAsLong();
        Cut added = new Cut(now, now + durationNanos, noticedAfterNanos);
        Direction direction = new Direction(one, other);
        cuts.merge(direction, added, Cut::and);
        cuts.merge(direction.back(), added, Cut::and);
        breakConnection(one, other);
    }

    /** Breaks the connections between two nodes; what is under way on them is lost. */
    public void breakConnection(NodeId one, NodeId other) {
        Direction direction = new Direction(one, other);
        for (Direction each : List.of(direction, direction.back())) {
            Optional.ofNullable(gates.get(each)).ifPresent(LinkGate::shut);
            reset(each.from(), each.to());
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
