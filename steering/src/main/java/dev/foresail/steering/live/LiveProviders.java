package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.network.provider.LinkProviders;
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

/** What a live node knows of its links from outside. Started once; closed on any thread. */
final class LiveProviders {
    private static final Logger LOG = LoggerFactory.getLogger(ForesailNode.class);

    private final LiveSurroundings surroundings;
    private volatile Optional<Running> running = Optional.empty();

    /** What is to be ended. */
    private record Running(ProviderRefresh refresh, LinkProviders<NodeId> consulted) {}

    /** Nothing is read or asked yet. */
    LiveProviders(LiveSurroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * From now on the node's network model asks the configured providers, if there are any, and they are read again and again. Called once.
     *
     * @throws NodeException FS451 when a file cannot be read
     */
    void start(NodeConfiguration configuration) {
        if (configuration.providers().isEmpty()) {
            return;
        }
        SortedMap<NodeId, InetSocketAddress> addresses = new TreeMap<>(configuration.peers());
        addresses.put(configuration.self(), configuration.listen());
        ConfiguredProviders providers = new ConfiguredProviders(configuration.providers(), addresses);
        try {
            ProviderRefresh refresh = ProviderRefresh.start(providers, surroundings.clock(), LOG::warn);
            running = Optional.of(new Running(refresh, providers.providers()));
            surroundings.knowledge().plane().consult(providers.providers());
        } catch (ProviderException unreadable) {
            throw new NodeException("FS451", String.valueOf(unreadable.getMessage()), unreadable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Nothing is read again. Who shares the node's knowledge asks its providers no more; those of another node stay. May be called again. */
    void close() {
        running.ifPresent(started -> {
            started.refresh.close();
            surroundings.knowledge().plane().dismiss(started.consulted);
        });
    }
}
