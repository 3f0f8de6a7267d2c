package dev.foresail.eval.chord;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.stack.Stack;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.objective.Objective.Futures;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.SimulationSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * By what next hops are chosen.
 *
 * @param name as in the report
 * @param predictionCost the virtual time that one roll-out takes
 */
record NextHopForm(String name, Function<Machine<Stack>, ResolverFactory<Stack>> resolvers, Duration predictionCost) {
    static final String PUBLISHED = "published";
    static final String PROXIMITY = "proximity";
    static final String ESTIMATE = "estimate";
    static final String PREDICTED = "predicted";
    static final String PREDICTED_AT_A_HIGH_COST = "predicted-at-a-high-cost";

    /** As long as the ways take that lead over known nodes. */
    private static final Duration HORIZON = Duration.ofMillis(300);

    private static final int MOST_ROUNDS = 2;
    /** No two lookups are the same: values are not found again. */
    private static final int CACHE_ENTRIES = 100;

    private static final Duration CACHE_LIFE = Duration.ofSeconds(5);

    /** More than a roll-out takes here, where the simulator's own cost would be less than that. */
    private static final Duration COST = Duration.ofNanos(150_000);

    private static final Duration HIGH_COST = Duration.ofNanos(500_000);

    /** Those that are compared. */
    static List<NextHopForm> all() {
        return List.of(published(), proximity(), estimate(), predicted());
    }

    /** The closest to the key. */
    static NextHopForm published() {
        ResolverSettings first = ResolverSettings.policy(ResolverSettings.Kind.FIRST);
        return new NextHopForm(
                PUBLISHED, machine -> ResolverFactory.of(first, machine), SimulationSettings.DEFAULT_PREDICTION_COST);
    }

    /** By distance and hops left, as published for CFS. */
    static NextHopForm proximity() {
        return byRule(PROXIMITY, (distances, place, key) -> distances.meanMillis() * distances.onesLeft(place, key));
    }

    /** The same rule with what prediction takes to be left beyond its horizon: what is left for it to gain. */
    static NextHopForm estimate() {
        return byRule(ESTIMATE, (distances, place, key) -> distances.hopMillis() * distances.hopsLeft(place, key));
    }

    /** In YAML {@code minimize: lateness}, {@code horizon: 300ms}, {@code futures: consequences}. */
    static NextHopForm predicted() {
        ResolverSettings settings = new ResolverSettings(
                ResolverSettings.Kind.PREDICTED,
                Optional.of(Objective.minimize("lateness", HORIZON).with(Futures.CONSEQUENCES)),
                MOST_ROUNDS,
                CACHE_ENTRIES,
                CACHE_LIFE,
                List.of());
        return new NextHopForm(PREDICTED, machine -> ResolverFactory.of(settings, machine), COST);
    }

    /** The same with roll-outs that take half a millisecond, as on a machine that is slow or busy: it is no bar, and shows what the gain rests on. */
    static NextHopForm predictedAtAHighCost() {
        return new NextHopForm(PREDICTED_AT_A_HIGH_COST, predicted().resolvers(), HIGH_COST);
    }

    private static NextHopForm byRule(String name, ProximityRule.Estimate left) {
        return new NextHopForm(
                name,
                machine -> (self, clock, surroundings, seed) -> new ProximityRule(left),
                SimulationSettings.DEFAULT_PREDICTION_COST);
    }
}
