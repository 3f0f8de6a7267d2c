package dev.foresail.predictor.simulate;

import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.fault.FaultDriver;
import dev.foresail.predictor.scenario.fault.FaultMix;
import dev.foresail.predictor.scenario.fault.FaultOccurrence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Random faults in the first two thirds of a simulated run; in the last third whatever they did has healed, so that liveness can be asked
 * for at its end. Immutable.
 *
 * @param mixes which faults, by the seed
 * @param schedule the faults of the mix that happen, in the order of their times; empty when the seed decides that too
 */
public record FaultPhase(LongFunction<FaultMix> mixes, Optional<List<FaultOccurrence>> schedule) {
    /** No faults. */
    public static final FaultPhase NONE = new FaultPhase(seed -> FaultMix.NONE);

    public FaultPhase {
        schedule = schedule.map(List::copyOf);
    }

    /** Faults at times that the seed decides. */
    public FaultPhase(LongFunction<FaultMix> mixes) {
        this(mixes, Optional.empty());
    }

    /** The same mix, of which only these faults happen. */
    public FaultPhase with(List<FaultOccurrence> only) {
        return new FaultPhase(mixes, Optional.of(only));
    }

    /** The faults that happen with a seed, in the order of their times. */
    public List<FaultOccurrence> faults(long seed, Duration length) {
        return schedule.orElseGet(() -> FaultDriver.schedule(mixes.apply(seed), seed, end(length)));
    }

    private static Duration end(Duration length) {
        return length.multipliedBy(2).dividedBy(3);
    }

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
            FaultDriver driver = new FaultDriver(
                    simulation, end(length), node -> scenario.restarted(simulation, node, scenarioValues));
            schedule.ifPresentOrElse(given -> driver.play(mix, given), () -> driver.play(mix, seed));
        }
        scenario.play(simulation, scenarioValues);
    }
}
