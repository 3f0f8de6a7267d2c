package dev.foresail.eval.blocks;

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
 * A form of block distribution and who makes its choices.
 *
 * @param name as in the report
 */
record BlocksForm<S extends BlockState>(
        String name, Machine<S> machine, List<Object> parameters, ResolverSettings resolver) {
    static final String EXPOSED = "exposed";
    static final String EXPOSED_RANDOM = "exposed-random";

    /**
     * Long enough for what a node asks for besides, {@link Share#GAP} apart. Blocks take far longer than any horizon that can be afforded: what comes of them the metrics tell from what was
     * asked for.
     */
    private static final Duration HORIZON = Duration.ofMillis(100);

    /** In seconds: a block that nobody else will have weighs more than one that is there a little sooner. */
    private static final double SCARCITY_WEIGHT = 10;

    private static final int MOST_ROUNDS = 2;
    private static final int CACHE_ENTRIES = 1_000;
    private static final Duration CACHE_LIFE = Duration.ofSeconds(1);
    private static final ResolverSettings NO_CHOICES = ResolverSettings.policy(ResolverSettings.Kind.FIRST);

    private static <S extends BlockState> BlocksForm<S> of(
            String name, Machine<S> machine, Map<String, String> parameters, ResolverSettings resolver) {
        return new BlocksForm<>(name, machine, ParameterValues.read(machine.parameters(), parameters), resolver);
    }

    /** Those with the policy hard-coded. */
    static List<BlocksForm<?>> hardCoded(Map<String, String> parameters) {
        return List.of(
                of("random", new RandomBlocksMachine(), parameters, NO_CHOICES),
                of("rarest-random", new RarestBlocksMachine(), parameters, NO_CHOICES),
                of("switch-over", new SwitchOverBlocksMachine(), parameters, NO_CHOICES));
    }

    /** The exposed choice, resolved by prediction. */
    static BlocksForm<ExposedBlocks> exposed(Map<String, String> parameters) {
        return exposed(parameters, PastResiduals.NONE);
    }

    /**
     * The same by nodes that know how right predictions were.
     *
     * @param before in earlier runs
     */
    static BlocksForm<ExposedBlocks> exposed(Map<String, String> parameters, PastResiduals before) {
        ResolverSettings predicted = new ResolverSettings(
                ResolverSettings.Kind.PREDICTED,
                Optional.of(objective()),
                MOST_ROUNDS,
                CACHE_ENTRIES,
                CACHE_LIFE,
                List.of());
        return of(EXPOSED, new ExposedBlocksMachine(), parameters, predicted.with(before));
    }

    /** The exposed choice with prediction switched off: a control, which shows what the alternatives are worth without it. */
    static BlocksForm<ExposedBlocks> exposedRandom(Map<String, String> parameters) {
        return of(
                EXPOSED_RANDOM,
                new ExposedBlocksMachine(),
                parameters,
                ResolverSettings.policy(ResolverSettings.Kind.RANDOM));
    }

    /** In YAML {@code minimize: {expectedWait: 1, scarcity: 10}}, {@code horizon: 100ms}. */
    static Objective objective() {
        return new Objective(
                List.of(new Objective.Term(new TreeMap<>(Map.of("expectedWait", 1.0, "scarcity", SCARCITY_WEIGHT)))),
                HORIZON);
    }
}
