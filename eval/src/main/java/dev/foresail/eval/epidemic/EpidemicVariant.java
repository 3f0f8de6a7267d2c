package dev.foresail.eval.epidemic;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.predictor.calibration.PastResiduals;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A form of epidemic dissemination and who makes its choices.
 *
 * @param name as in the report
 * @param parameters the protocol's configuration values
 */
record EpidemicVariant<S extends EpidemicState>(
        String name, Machine<S> machine, List<Object> parameters, ResolverSettings resolver) {
    /** From one round to the next, in all forms. */
    static final Duration PERIOD = Duration.ofSeconds(2);

    /** How many exchanges a node begins in a round where the form allows more than one. */
    private static final String EXCHANGES = "3";

    /** Time for an exchange over most links; a longer one has more of others' rounds in it, which no roll-out foretells. */
    private static final Duration HORIZON = Duration.ofMillis(300);

    private static final int MOST_ROUNDS = 2;
    private static final int CACHE_ENTRIES = 1_000;
    private static final Duration CACHE_LIFE = Duration.ofMinutes(1);
    private static final ResolverSettings NO_CHOICES = ResolverSettings.policy(ResolverSettings.Kind.FIRST);

    private static <S extends EpidemicState> EpidemicVariant<S> of(
            String name, Machine<S> machine, Map<String, String> given, ResolverSettings resolver) {
        Map<String, String> parameters = new TreeMap<>(given);
        parameters.put("period", PERIOD.toMillis() + "ms");
        return new EpidemicVariant<>(name, machine, ParameterValues.read(machine.parameters(), parameters), resolver);
    }

    /** Hard-coded: one drawn partner in a round, as published. */
    static EpidemicVariant<?> barGossip() {
        return of("bar-gossip", new BarGossipMachine(), Map.of(), NO_CHOICES);
    }

    /** Hard-coded: the same at the pace of the exposed form, so that its gain is not that of the pace. */
    static EpidemicVariant<?> fastBarGossip() {
        return of("bar-gossip, 3 in a round", new BarGossipMachine(), Map.of("exchanges", EXCHANGES), NO_CHOICES);
    }

    /** Hard-coded: one after the other of three drawn peers, until there was something to trade. */
    static EpidemicVariant<?> flightPath() {
        return of("flightpath", new FlightPathMachine(), Map.of("tries", EXCHANGES), NO_CHOICES);
    }

    /** The exposed choice, resolved at random: prediction switched off. */
    static EpidemicVariant<?> random() {
        ResolverSettings random = ResolverSettings.policy(ResolverSettings.Kind.RANDOM);
        return of("random", new EpidemicMachine(), Map.of("exchanges", EXCHANGES), random);
    }

    /** The exposed choice, resolved by prediction. */
    static EpidemicVariant<?> predicted() {
        return predicted(PastResiduals.NONE);
    }

    /**
     * The same by nodes that know how right predictions were.
     *
     * @param before in earlier runs
     */
    static EpidemicVariant<Epidemic> predicted(PastResiduals before) {
        ResolverSettings predicted = new ResolverSettings(
                ResolverSettings.Kind.PREDICTED,
                Optional.of(objective()),
                MOST_ROUNDS,
                CACHE_ENTRIES,
                CACHE_LIFE,
                List.of());
        return of("predicted", new EpidemicMachine(), Map.of("exchanges", EXCHANGES), predicted.with(before));
    }

    /** As many as can be in sight have the update soon: in YAML {@code maximize: shareHeard}, {@code horizon: 300ms}. */
    static Objective objective() {
        return new Objective(List.of(new Objective.Term(new TreeMap<>(Map.of("shareHeard", -1.0)))), HORIZON);
    }
}
