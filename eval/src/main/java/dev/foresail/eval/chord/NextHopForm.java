package dev.foresail.eval.chord;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.stack.Stack;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * By what next hops are chosen.
 *
 * @param name as in the report
 */
record NextHopForm(String name, Function<Machine<Stack>, ResolverFactory<Stack>> resolvers) {
    static final String PUBLISHED = "published";
    static final String PROXIMITY = "proximity";
    static final String ESTIMATE = "estimate";
    static final String PREDICTED = "predicted";

    /** As long as the ways take that lead over known nodes. */
    private static final Duration HORIZON = Duration.ofMillis(300);

    private static final int MOST_ROUNDS = 2;
    /** No two lookups are the same: values are not found again. */
    private static final int CACHE_ENTRIES = 100;

    private static final Duration CACHE_LIFE = Duration.ofSeconds(5);

    static List<NextHopForm> all() {
        return List.of(published(), proximity(), estimate(), predicted());
    }

    /** The closest to the key. */
    static NextHopForm published() {
        return of(PUBLISHED, ResolverSettings.policy(ResolverSettings.Kind.FIRST));
    }

    /** By distance and hops left, as published for CFS. */
    static NextHopForm proximity() {
        return byRule(PROXIMITY, Distances::onesLeft);
    }

    /** The same rule with the hops left that prediction counts beyond its horizon: what is left for it to gain. */
    static NextHopForm estimate() {
        return byRule(ESTIMATE, Distances::hopsLeft);
    }

    /** In YAML {@code minimize: lateness}, {@code horizon: 500ms}. */
    static NextHopForm predicted() {
        return of(
                PREDICTED,
                new ResolverSettings(
                        ResolverSettings.Kind.PREDICTED,
                        Optional.of(Objective.minimize("lateness", HORIZON)),
                        MOST_ROUNDS,
                        CACHE_ENTRIES,
                        CACHE_LIFE,
                        List.of()));
    }

    private static NextHopForm byRule(String name, ProximityRule.Estimate hopsLeft) {
        return new NextHopForm(name, machine -> (self, clock, surroundings, seed) -> new ProximityRule(hopsLeft));
    }

    private static NextHopForm of(String name, ResolverSettings settings) {
        return new NextHopForm(name, machine -> ResolverFactory.of(settings, machine));
    }
}
