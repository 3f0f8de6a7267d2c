package dev.foresail.steering.config;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.path.DeclaredPath;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.steering.config.NodeConfiguration.ConfiguredCall;
import dev.foresail.steering.control.SteeringSettings;
import dev.foresail.steering.detector.FailureDetectorSettings;
import dev.foresail.steering.provider.ProviderSettings;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What every node of a simulation is told: a {@link NodeConfiguration} without addresses. Immutable.
 *
 * @param protocol the protocol's short name or fully qualified class
 * @param parameters the protocol's configuration values as text
 * @param resolver who makes the choices
 * @param node how the model of the neighbourhood is kept; what a handler that throws does
 * @param steering what is done about events that would violate a safety property
 * @param failureDetector how silences are judged
 * @param calls what the application asks of each node once it has started
 * @param topology what the network is like besides its latencies
 * @param faults what goes wrong by chance
 * @param limits how far the protocol may go
 * @param providers what is known of links from outside, in the order in which they are believed
 * @param paths where causal paths begin and end, and what is expected of them
 * @param addresses where the nodes of a deployment are, for providers that know addresses
 */
public record SimulationConfiguration(
        String protocol,
        SortedMap<String, String> parameters,
        ResolverSettings resolver,
        NodeSettings node,
        SteeringSettings steering,
        FailureDetectorSettings failureDetector,
        List<ConfiguredCall> calls,
        TopologySettings topology,
        FaultSettings faults,
        LimitSettings limits,
        List<ProviderSettings> providers,
        List<DeclaredPath> paths,
        SortedMap<NodeId, InetSocketAddress> addresses) {
    public SimulationConfiguration {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        calls = List.copyOf(calls);
        providers = List.copyOf(providers);
        paths = List.copyOf(paths);
        addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
    }
}
