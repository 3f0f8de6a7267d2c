package dev.foresail.predictor.resolve;

import dev.foresail.choice.Fallback;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.calibration.Experience;
import dev.foresail.predictor.lookahead.LinkDelays;
import dev.foresail.predictor.node.Resolver;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Objective;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Makes the resolver that settings ask for. Pure functions. */
public final class Resolvers {
    private Resolvers() {}

    /**
     * A resolver for one node.
     *
     * @param clock the node's time in nanoseconds
     * @param seed of this node's look-ahead and fallback policies
     * @throws IllegalArgumentException when the objective names a metric that the protocol does not have
     */
    public static <S> Resolver<S> create(
            ResolverSettings settings, Machine<S> machine, Surroundings surroundings, LongSupplier clock, long seed) {
        RandomStream random = RandomStream.of(seed, "policy");
        Resolver<S> resolver = switch (settings.kind()) {
            case RANDOM -> new PolicyResolver<>(Fallback.RANDOM, random::nextInt);
            case FIRST -> new PolicyResolver<>(Fallback.FIRST, random::nextInt);
            case ROUND_ROBIN -> new PolicyResolver<>(Fallback.ROUND_ROBIN, random::nextInt);
            case SCRIPTED -> new ScriptedResolver<>(settings.script());
            case PREDICTED -> predicted(settings, machine, surroundings, clock, seed);
        };
        return settings.wishes().isEmpty()
                ? resolver
                : new SubsetResolver<>(
                        surroundings.self(),
                        resolver,
                        settings.wishes(),
                        surroundings.delays(),
                        surroundings.notices());
    }

    private static <S> Resolver<S> predicted(
            ResolverSettings settings, Machine<S> machine, Surroundings surroundings, LongSupplier clock, long seed) {
        PredictionExecutor telling =
                new TellingExecutor(surroundings.self(), surroundings.executor(), surroundings.notices());
        Predicting<S> predicting = new Predicting<>(settings, machine, surroundings, telling, clock);
        if (settings.objective().isPresent() && settings.objectives().isEmpty()) {
            return predicting.by(settings.objective().get(), choice -> true, seed);
        }
        Map<String, String> names = new HashMap<>();
        Function<String, String> nameOf = choice -> names.computeIfAbsent(
                choice, met -> PerChoiceResolver.nameOf(settings.objectives().keySet(), met));
        Optional<Resolver<S>> general = settings.objective()
                .map(objective ->
                        predicting.by(objective, choice -> nameOf.apply(choice).isEmpty(), seed));
        SortedMap<String, Resolver<S>> named = new TreeMap<>();
        settings.objectives()
                .forEach((name, objective) -> named.put(
                        name,
                        predicting.by(
                                objective,
                                choice -> nameOf.apply(choice).equals(name),
                                RandomStream.of(seed, "objective of " + name).nextLong())));
        return new PerChoiceResolver<>(named, general, new Policy(RandomStream.of(seed, "undirected")::nextInt));
    }

    /** What the predicting resolvers of a node have in common. */
    private record Predicting<S>(
            ResolverSettings settings,
            Machine<S> machine,
            Surroundings surroundings,
            PredictionExecutor executor,
            LongSupplier clock) {
        /** One for the choices that are its own. Values are by one objective, so no two share a cache. */
        Resolver<S> by(Objective objective, Predicate<String> own, long seed) {
            ValueCache cache = new ValueCache(settings.cacheEntries(), settings.cacheLife(), clock);
            return new PredictedResolver<>(
                    new BoundObjective<>(machine, objective),
                    machine,
                    surroundings.delays(),
                    new PredictedResolver.Parts(
                            cache,
                            executor,
                            own,
                            settings.table(),
                            surroundings.collector(),
                            settings.explore(),
                            new Experience(settings.experience(), RandomStream.of(seed, "intervals"))),
                    settings.maxRounds(),
                    seed);
        }
    }

    /**
     * What a resolver uses of the node it serves.
     *
     * @param delays its network model
     * @param executor where predictions are made
     * @param self the node
     * @param notices is told what an operator should know, on the node's thread
     * @param collector is told of every prediction
     */
    public record Surroundings(
            LinkDelays delays,
            PredictionExecutor executor,
            NodeId self,
            Consumer<String> notices,
            Optional<ValueCollector> collector) {
        /** Where nobody collects predictions. */
        public Surroundings(LinkDelays delays, PredictionExecutor executor, NodeId self, Consumer<String> notices) {
            this(delays, executor, self, notices, Optional.empty());
        }

        /** Of a node that has no wishes for choices of several. */
        public Surroundings(LinkDelays delays, PredictionExecutor executor) {
            this(delays, executor, NodeId.of(0), notice -> {});
        }

        /** The same, of which every prediction is collected. */
        public Surroundings collecting(ValueCollector predictions) {
            return new Surroundings(delays, executor, self, notices, Optional.of(predictions));
        }

        /** The same with somebody who is told. */
        public Surroundings telling(Consumer<String> told) {
            return new Surroundings(delays, executor, self, told, collector);
        }
    }
}
