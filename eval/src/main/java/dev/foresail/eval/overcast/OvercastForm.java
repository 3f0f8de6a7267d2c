package dev.foresail.eval.overcast;

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
 * A form of Overcast and who chooses places in it.
 *
 * @param name as in the report
 * @param parameters the protocol's configuration values
 */
record OvercastForm<S>(String name, Machine<S> machine, List<Object> parameters, ResolverSettings resolver) {
    static final String OWN_RULE = "own-rule";
    static final String RANDOM = "random";
    static final String PREDICTED = "predicted";

    /** Long enough to be taken for a child, or not. */
    private static final Duration HORIZON = Duration.ofSeconds(2);

    private static final int MOST_ROUNDS = 2;
    private static final int CACHE_ENTRIES = 100;
    private static final Duration CACHE_LIFE = Duration.ofSeconds(5);

    private static <S> OvercastForm<S> of(String name, Machine<S> machine, ResolverSettings resolver) {
        return new OvercastForm<>(name, machine, ParameterValues.read(machine.parameters(), Map.of()), resolver);
    }

    static List<OvercastForm<?>> all() {
        return List.of(ownRule(), random(), predicted());
    }

    /** The published rule. */
    static OvercastForm<?> ownRule() {
        return of(OWN_RULE, new OvercastMachine(), ResolverSettings.policy(ResolverSettings.Kind.FIRST));
    }

    /** Any place that answers: what the alternatives are worth without prediction. */
    static OvercastForm<?> random() {
        return of(RANDOM, new ExposedOvercastMachine(), ResolverSettings.policy(ResolverSettings.Kind.RANDOM));
    }

    /** The place as predicted. */
    static OvercastForm<?> predicted() {
        ResolverSettings predicted = new ResolverSettings(
                ResolverSettings.Kind.PREDICTED,
                Optional.of(objective()),
                MOST_ROUNDS,
                CACHE_ENTRIES,
                CACHE_LIFE,
                List.of());
        return of(PREDICTED, new ExposedOvercastMachine(), predicted);
    }

    /** In YAML {@code maximize: expectedRate}, {@code horizon: 2s}. */
    static Objective objective() {
        return new Objective(List.of(new Objective.Term(new TreeMap<>(Map.of("expectedRate", -1.0)))), HORIZON);
    }
}
