package dev.foresail.predictor.simulate;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.fault.FaultDriver;
import dev.foresail.predictor.scenario.fault.FaultMix;
import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Random faults in the first two thirds of a simulated run; in the last third whatever they did has healed, so that liveness can be asked
 * for at its end. Immutable.
 *
 * @param mixes which faults, by the seed
 */
public record FaultPhase(LongFunction<FaultMix> mixes) {
    /** No faults. */
    public static final FaultPhase NONE = new FaultPhase(seed -> FaultMix.NONE);

    /**
     * Plays a scenario amid the faults.
     *
     * @param simulation at time zero
     * @param length how long the run takes; a scenario that ends earlier does not end it where there are faults
     */
    public <S> void play(Simulation<S> simulation, Scenario scenario, List<Object> scenarioValues, Duration length) {
        long seed = simulation.settings().seed();
        FaultMix mix = mixes.apply(seed);
        if (!mix.faults().isEmpty()) {
            simulation.goOnAfterScenario();
            new FaultDriver(
                            simulation,
                            RandomStream.of(seed, "faults"),
                            length.multipliedBy(2).dividedBy(3),
                            node -> scenario.restarted(simulation, node, scenarioValues))
                    .play(mix);
        }
        scenario.play(simulation, scenarioValues);
    }
}
