package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.network.plane.NetworkKnowledge;
import dev.foresail.network.plane.PlaneSettings;
import dev.foresail.network.random.RandomStream;
import dev.foresail.steering.config.NodeConfiguration;
import dev.foresail.steering.transport.AddressBook;
import dev.foresail.steering.transport.LinkConditions;
import dev.foresail.steering.transport.TransportSettings;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a node takes from where it runs.
 *
 * @param clock monotonic time in nanoseconds
 * @param epochMillis the time of day; the least incarnation of a node
 * @param addresses where the peers are
 * @param conditions what the links are put through
 * @param pool where predictions are made; empty: threads of the node's own
 * @param knowledge what this process knows of the network, to be shared by nodes of one process whose ids name the same peers
 * @param seed of the node's draws
 * @param lookAheadSeed of its predictions and fallback policies
 */
public record LiveSurroundings(
        LongSupplier clock,
        LongSupplier epochMillis,
        AddressBook addresses,
        LinkConditions conditions,
        TransportSettings transport,
        Optional<PredictionPool> pool,
        NetworkKnowledge<NodeId> knowledge,
        long seed,
        long lookAheadSeed) {
    /** The real clock and network, the peers of the configuration. */
    public static LiveSurroundings real(NodeConfiguration configuration) {
        long seed = RealClock.epochMillis();
        return new LiveSurroundings(
                RealClock::nanos,
                RealClock::epochMillis,
                configured(configuration),
                LinkConditions.NONE,
                configuration.transport(),
                Optional.empty(),
                knowledgeOf(configuration.self(), seed),
                seed,
                seed);
    }

    /** What a process knows of the network that has measured nothing; of different nodes, each begins elsewhere. */
    public static NetworkKnowledge<NodeId> knowledgeOf(NodeId self, long seed) {
        return new NetworkKnowledge<>(PlaneSettings.DEFAULT, RandomStream.of(seed, "place", self.value()));
    }

    /**
     * The same, but with knowledge that other nodes of the process share. They share providers as well: those are asked of the node that has started
     * last of those that configure some, until it ends.
     */
    public LiveSurroundings sharing(NetworkKnowledge<NodeId> shared) {
        return new LiveSurroundings(
                clock, epochMillis, addresses, conditions, transport, pool, shared, seed, lookAheadSeed);
    }

    private static AddressBook configured(NodeConfiguration configuration) {
        return new AddressBook() {
            @Override
            public boolean knows(NodeId node) {
                return configuration.peers().containsKey(node);
            }

            @Override
            public Optional<InetSocketAddress> addressOf(NodeId node) {
                return Optional.ofNullable(configuration.peers().get(node));
            }
        };
    }
}
