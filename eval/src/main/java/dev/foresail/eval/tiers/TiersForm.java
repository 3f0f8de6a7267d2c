package dev.foresail.eval.tiers;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who chooses the broker, and by what.
 *
 * @param name as in the report
 * @param objective the metric that is to be small; empty where nothing is foreseen
 */
record TiersForm<S extends TiersNode>(String name, Machine<S> machine, Optional<String> objective) {
    /** Until the latest request is answered or late. */
    static final Duration HORIZON = Duration.ofMillis(160);

    private static final int MOST_ROUNDS = 32;
    private static final int CACHE_ENTRIES = 1_000;
    private static final Duration CACHE_LIFE = Duration.ofMinutes(1);

    static final TiersForm<?> RANDOM = new TiersForm<>("random", new TiersMachine(), Optional.empty());
    static final TiersForm<?> NOT_IMAGINED =
            new TiersForm<>("wait foreseen, servers unknown", new PlainTiersMachine(), Optional.of("waited"));
    static final TiersForm<?> MEAN =
            new TiersForm<>("mean backlog", new PlainTiersMachine(), Optional.of("meanBacklog"));
    static final TiersForm<?> SHARE =
            new TiersForm<>("share of backlogs above the limit", new PlainTiersMachine(), Optional.of("shareLate"));
    static final TiersForm<?> IMAGINED =
            new TiersForm<>("wait foreseen, servers imagined", new TiersMachine(), Optional.of("waited"));

    static List<TiersForm<?>> all() {
        return List.of(RANDOM, NOT_IMAGINED, MEAN, SHARE, IMAGINED);
    }

    List<Object> parameters() {
        return ParameterValues.read(machine.parameters(), Map.of());
    }

    ResolverSettings resolver() {
        return objective
                .map(metric -> new ResolverSettings(
                        ResolverSettings.Kind.PREDICTED,
                        Optional.of(new Objective(
                                List.of(new Objective.Term(new TreeMap<>(Map.of(metric, 1.0)))), HORIZON)),
                        MOST_ROUNDS,
                        CACHE_ENTRIES,
                        CACHE_LIFE,
                        List.of()))
                .orElseGet(() -> ResolverSettings.policy(ResolverSettings.Kind.RANDOM));
    }
}
