package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.config.NodeConfiguration;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.provider.ConfiguredProviders;
import dev.foresail.steering.provider.ProviderException;
import dev.foresail.steering.provider.ProviderRefresh;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a live node knows of its links from outside. */
final class LiveProviders {
    private static final Logger LOG = LoggerFactory.getLogger(ForesailNode.class);

    private LiveProviders() {}

    /**
     * From now on the node's network model asks the configured providers, and they are read again and again; empty when there are none.
     *
     * @throws NodeException FS451 when a file cannot be read
     */
    static Optional<ProviderRefresh> start(NodeConfiguration configuration, LiveSurroundings surroundings) {
        if (configuration.providers().isEmpty()) {
            return Optional.empty();
        }
        SortedMap<NodeId, InetSocketAddress> addresses = new TreeMap<>(configuration.peers());
        addresses.put(configuration.self(), configuration.listen());
        ConfiguredProviders providers = new ConfiguredProviders(configuration.providers(), addresses);
        try {
            ProviderRefresh refresh = ProviderRefresh.start(providers, surroundings.clock(), LOG::warn);
            surroundings.knowledge().plane().consult(providers.providers());
            return Optional.of(refresh);
        } catch (ProviderException unreadable) {
            throw new NodeException("FS451", String.valueOf(unreadable.getMessage()), unreadable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
