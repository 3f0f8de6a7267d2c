package dev.foresail.eval.proposer;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.predictor.calibration.PastResiduals;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A form of the protocol and who makes its choices. */
record ProposerForm<S extends Replica>(
        String name, Machine<S> machine, List<Object> parameters, ResolverSettings resolver) {
    private static final Duration HORIZON = Duration.ofSeconds(5);

    /**
     * How many commands wait, on average over the horizon, which is their mean latency times their rate; four more for every second of the worst served region,
     * which tells leaders apart that are alike in the mean; and something for a hand-over, which figures that vary make seem worth it.
     */
    static final Objective OBJECTIVE = new Objective(
            List.of(Objective.Formula.parse(
                    Objective.Wanted.MINIMIZE,
                    average("waiting", 100) + " + " + average("worstLatency", 250) + " * 10 / 1s + 0.2 * handOvers")),
            HORIZON);

    private static String average(String metric, int everyMillis) {
        long samples = HORIZON.toMillis() / everyMillis;
        return LongStream.rangeClosed(1, samples)
                .mapToObj(sample -> metric + " at " + sample * everyMillis + "ms")
                .collect(Collectors.joining(" + ", "(", ") / " + samples));
    }

    private static final int MOST_ROUNDS = 4;
    private static final int CACHE_ENTRIES = 1_000;
    /** Two terms: what was predicted under an earlier proposer's rule says nothing of now. */
    private static final Duration CACHE_LIFE = Duration.ofMillis(2_200);

    private static <S extends Replica> ProposerForm<S> of(
            String name, Machine<S> machine, Map<String, String> parameters, ResolverSettings resolver) {
        return new ProposerForm<>(name, machine, ParameterValues.read(machine.parameters(), parameters), resolver);
    }

    /** @param leader from 1 */
    static ProposerForm<FixedLeader> fixed(int leader) {
        return of(
                "fixed-" + leader,
                new FixedLeaderMachine(),
                Map.of("leader", Integer.toString(leader)),
                ResolverSettings.policy(ResolverSettings.Kind.FIRST));
    }

    static ProposerForm<Mencius> mencius() {
        return of("round-robin", new MenciusMachine(), Map.of(), ResolverSettings.policy(ResolverSettings.Kind.FIRST));
    }

    /** The choice resolved by prediction. */
    static ProposerForm<ExposedProposer> exposed() {
        return exposed(PastResiduals.NONE);
    }

    /**
     * The same by nodes that know how right predictions were.
     *
     * @param before in earlier runs
     */
    static ProposerForm<ExposedProposer> exposed(PastResiduals before) {
        ResolverSettings predicted = new ResolverSettings(
                ResolverSettings.Kind.PREDICTED,
                Optional.of(OBJECTIVE),
                MOST_ROUNDS,
                CACHE_ENTRIES,
                CACHE_LIFE,
                List.of());
        return of("exposed", new ExposedProposerMachine(), Map.of(), predicted.with(before));
    }

    /** The exposed choice with prediction switched off. */
    static ProposerForm<ExposedProposer> unpredicted(ResolverSettings.Kind policy) {
        return of("exposed-" + policy.label(), new ExposedProposerMachine(), Map.of(), ResolverSettings.policy(policy));
    }
}
