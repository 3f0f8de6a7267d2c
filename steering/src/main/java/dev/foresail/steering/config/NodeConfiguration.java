package dev.foresail.steering.config;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.path.DeclaredPath;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.control.SteeringSettings;
import dev.foresail.steering.detector.FailureDetectorSettings;
import dev.foresail.steering.logging.LogSettings;
import dev.foresail.steering.operations.OperationsSettings;
import dev.foresail.steering.provider.ProviderSettings;
import dev.foresail.steering.security.SecuritySettings;
import dev.foresail.steering.transport.TransportSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a live node is told. Immutable; read from YAML by {@link ConfigurationReader} or built in Java.
 *
 * @param protocol the protocol's short name or fully qualified class
 * @param parameters the protocol's configuration values as text
 * @param self this node's id
 * @param listen where this node accepts connections; port 0 takes a free one
 * @param peers where the other nodes are
 * @param resolver who makes the choices
 * @param node how the model of the neighbourhood is kept; what a handler that throws does
 * @param steering what is done about events that would violate a safety property
 * @param failureDetector when peers are suspected
 * @param predictionThreads how many threads make predictions, at least 1
 * @param storage where durable state and the incarnation are kept; empty: nowhere
 * @param security how this node and its peers know each other; empty: they take each other's word, in clear text
 * @param calls what the application asks for once the node has started
 * @param operations where operators' tools reach the node; empty: nowhere
 * @param transport how connections are served and measured, where the node's surroundings do not say it
 * @param providers what is known of links from outside, in the order in which they are believed
 * @param log what the node keeps and tells of what it does
 * @param paths where causal paths begin and end, and what is expected of them
 * @param pathFile where this node's part of them is written; empty: none is followed
 */
public record NodeConfiguration(
        String protocol,
        SortedMap<String, String> parameters,
        NodeId self,
        InetSocketAddress listen,
        SortedMap<NodeId, InetSocketAddress> peers,
        ResolverSettings resolver,
        NodeSettings node,
        SteeringSettings steering,
        FailureDetectorSettings failureDetector,
        int predictionThreads,
        Optional<Path> storage,
        Optional<SecuritySettings> security,
        List<ConfiguredCall> calls,
        Optional<OperationsSettings> operations,
        TransportSettings transport,
        List<ProviderSettings> providers,
        LogSettings log,
        List<DeclaredPath> paths,
        Optional<Path> pathFile) {
    public NodeConfiguration {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        peers = Collections.unmodifiableSortedMap(new TreeMap<>(peers));
        calls = List.copyOf(calls);
        providers = List.copyOf(providers);
        paths = List.copyOf(paths);
        if (predictionThreads < 1) {
            throw new IllegalArgumentException("at least 1 prediction thread, not " + predictionThreads);
        }
    }

    /** What has to be said; the rest is as it is without a word in YAML, and handlers that throw end the node. */
    public static Builder of(String protocol, NodeId self, InetSocketAddress listen) {
        return new Builder(protocol, self, listen);
    }

    /** The same node, reached by operators' tools as {@code settings} say. */
    public NodeConfiguration with(OperationsSettings settings) {
        return changing().operations(Optional.of(settings)).build();
    }

    /** The same node, steering in another mode. */
    public NodeConfiguration with(SteeringMode mode) {
        return changing().steering(steering.with(mode)).build();
    }

    /** The same node, writing down its part of the causal paths that are declared. */
    public NodeConfiguration withPathFile(Path file) {
        return changing().paths(paths, Optional.of(file)).build();
    }

    private Builder changing() {
        return new Builder(protocol, self, listen)
                .parameters(parameters)
                .peers(peers)
                .resolver(resolver)
                .node(node)
                .steering(steering)
                .failureDetector(failureDetector)
                .predictionThreads(predictionThreads)
                .storage(storage)
                .security(security)
                .calls(calls)
                .operations(operations)
                .transport(transport)
                .providers(providers)
                .log(log)
                .paths(paths, pathFile);
    }

    /** A configuration being put together. Not thread-safe. */
    public static final class Builder {
        private final String protocol;
        private final NodeId self;
        private final InetSocketAddress listen;
        private SortedMap<String, String> parameters = new TreeMap<>();
        private SortedMap<NodeId, InetSocketAddress> peers = new TreeMap<>();
        private ResolverSettings resolver = ResolverSettings.policy(ResolverSettings.Kind.RANDOM);
        private NodeSettings node = NodeSettings.DEFAULT;
        private SteeringSettings steering = SteeringSettings.DEFAULT;
        private FailureDetectorSettings failureDetector = FailureDetectorSettings.DEFAULT;
        private int predictionThreads = 1;
        private Optional<Path> storage = Optional.empty();
        private Optional<SecuritySettings> security = Optional.empty();
        private List<ConfiguredCall> calls = List.of();
        private Optional<OperationsSettings> operations = Optional.empty();
        private TransportSettings transport = TransportSettings.DEFAULT;
        private List<ProviderSettings> providers = List.of();
        private LogSettings log = LogSettings.DEFAULT;
        private List<DeclaredPath> paths = List.of();
        private Optional<Path> pathFile = Optional.empty();

        private Builder(String protocol, NodeId self, InetSocketAddress listen) {
            this.protocol = protocol;
            this.self = self;
            this.listen = listen;
        }

        public Builder parameters(SortedMap<String, String> texts) {
            parameters = texts;
            return this;
        }

        public Builder peers(SortedMap<NodeId, InetSocketAddress> addresses) {
            peers = addresses;
            return this;
        }

        public Builder resolver(ResolverSettings settings) {
            resolver = settings;
            return this;
        }

        public Builder node(NodeSettings settings) {
            node = settings;
            return this;
        }

        public Builder steering(SteeringSettings mode) {
            steering = mode;
            return this;
        }

        public Builder failureDetector(FailureDetectorSettings settings) {
            failureDetector = settings;
            return this;
        }

        public Builder predictionThreads(int threads) {
            predictionThreads = threads;
            return this;
        }

        public Builder storage(Optional<Path> file) {
            storage = file;
            return this;
        }

        public Builder security(Optional<SecuritySettings> settings) {
            security = settings;
            return this;
        }

        public Builder calls(List<ConfiguredCall> asked) {
            calls = asked;
            return this;
        }

        public Builder operations(Optional<OperationsSettings> settings) {
            operations = settings;
            return this;
        }

        public Builder transport(TransportSettings settings) {
            transport = settings;
            return this;
        }

        public Builder providers(List<ProviderSettings> settings) {
            providers = settings;
            return this;
        }

        public Builder log(LogSettings settings) {
            log = settings;
            return this;
        }

        /** @param file where this node's part is written; empty: none is followed */
        public Builder paths(List<DeclaredPath> declared, Optional<Path> file) {
            paths = declared;
            pathFile = file;
            return this;
        }

        /** @throws IllegalArgumentException when there is no prediction thread */
        public NodeConfiguration build() {
            return new NodeConfiguration(
                    protocol,
                    parameters,
                    self,
                    listen,
                    peers,
                    resolver,
                    node,
                    steering,
                    failureDetector,
                    predictionThreads,
                    storage,
                    security,
                    calls,
                    operations,
                    transport,
                    providers,
                    log,
                    paths,
                    pathFile);
        }
    }

    /** A call with arguments of the types that the protocol declares. */
    public record ConfiguredCall(String name, List<Object> arguments) {
        public ConfiguredCall {
            arguments = List.copyOf(arguments);
        }
    }
}
