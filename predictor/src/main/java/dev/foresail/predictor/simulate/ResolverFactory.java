package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.Resolver;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.resolve.Resolvers;
import dev.foresail.predictor.resolve.ValueCollector;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Makes the resolver of each node, afresh for each incarnation. */
@FunctionalInterface
public interface ResolverFactory<S> {
    /**
     * Makes a resolver.
     *
     * @param clock the node's time in nanoseconds
     * @param surroundings what the node has measured, and predictions in virtual time
     * @param seed of this node's look-ahead
     */
    Resolver<S> create(NodeId self, LongSupplier clock, Resolvers.Surroundings surroundings, long seed);

    /** Every node gets the resolver that the settings ask for. */
    static <S> ResolverFactory<S> of(ResolverSettings settings, Machine<S> machine) {
        return (self, clock, surroundings, seed) -> Resolvers.create(settings, machine, surroundings, clock, seed);
    }

    /** As {@link #of(ResolverSettings, Machine)}, and somebody is told what an operator should know. */
    static <S> ResolverFactory<S> of(ResolverSettings settings, Machine<S> machine, Consumer<String> notices) {
        return (self, clock, surroundings, seed) ->
                Resolvers.create(settings, machine, surroundings.telling(notices), clock, seed);
    }

    /** The same resolvers, of which every prediction is collected. */
    default ResolverFactory<S> collecting(ValueCollector predictions) {
        return (self, clock, surroundings, seed) -> create(self, clock, surroundings.collecting(predictions), seed);
    }
}
