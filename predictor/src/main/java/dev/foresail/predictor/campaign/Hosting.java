package dev.foresail.predictor.campaign;

import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.PhiAccrualSettings;
import dev.foresail.network.provider.LinkProviders;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.SimulationLimits;
import dev.foresail.predictor.simulate.SteeringFactory;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * What the nodes of a simulation get besides their protocol. Immutable.
 *
 * @param resolvers who makes their choices
 * @param steering of each simulation, by the protocol's configuration values
 * @param silences how failure detectors judge them
 * @param connectionSetup whether the first message over a new connection takes a round trip more
 * @param limits how far they may go, by how many they are
 * @param providers what they all know of links from outside
 */
public record Hosting<S>(
        NodeSettings node,
        ResolverFactory<S> resolvers,
        Function<List<Object>, SteeringFactory<S>> steering,
        PhiAccrualSettings silences,
        boolean connectionSetup,
        IntFunction<SimulationLimits> limits,
        LinkProviders<NodeId> providers) {
    /** Only their choices are made. */
    public static <S> Hosting<S> of(ResolverFactory<S> resolvers) {
        return new Hosting<>(
                NodeSettings.DEFAULT,
                resolvers,
                values -> SteeringFactory.none(),
                PhiAccrualSettings.DEFAULT,
                false,
                SimulationLimits::of,
                LinkProviders.none());
    }

    /** The same, with or without the setting up of connections. */
    public Hosting<S> with(boolean settingUpConnections) {
        return new Hosting<>(node, resolvers, steering, silences, settingUpConnections, limits, providers);
    }

    /** The same, which may go so far. */
    public Hosting<S> with(IntFunction<SimulationLimits> otherLimits) {
        return new Hosting<>(node, resolvers, steering, silences, connectionSetup, otherLimits, providers);
    }

    /** The same with other resolvers. */
    public Hosting<S> with(ResolverFactory<S> others) {
        return new Hosting<>(node, others, steering, silences, connectionSetup, limits, providers);
    }
}
