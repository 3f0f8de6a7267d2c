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
 * @param until when the last fault is over, since the beginning; else after two thirds of the run
 * @param serviceTime how long every event takes every node, all the time; not negative
 * @param schedule the faults of the mix that happen, in the order of their times; empty when the seed decides that too
 */
public record FaultPhase(
        LongFunction<FaultMix> mixes,
        Optional<Duration> until,
        Duration serviceTime,
        Optional<List<FaultOccurrence>> schedule) {
    /** No faults. */
    public static final FaultPhase NONE = new FaultPhase(seed -> FaultMix.NONE);

    public FaultPhase {
        schedule = schedule.map(List::copyOf);
    }

    /** Faults at times that the seed decides, in the first two thirds, at nodes that take no time. */
    public FaultPhase(LongFunction<FaultMix> mixes) {
        this(mixes, Optional.empty(), Duration.ZERO);
    }

    /** Faults at times that the seed decides. */
    public FaultPhase(LongFunction<FaultMix> mixes, Optional<Duration> until, Duration serviceTime) {
        this(mixes, until, serviceTime, Optional.empty());
    }

    /** The same, with another mix. */
    public FaultPhase instead(LongFunction<FaultMix> others) {
        return new FaultPhase(others, until, serviceTime);
    }

    /** The same mix, of which only these faults happen. */
    public FaultPhase with(List<FaultOccurrence> only) {
        return new FaultPhase(mixes, until, serviceTime, Optional.of(only));
    }

    /** The same, whose last fault is over then, however long the run. */
    public FaultPhase endingAt(Duration end) {
        return new FaultPhase(mixes, Optional.of(end), serviceTime, schedule);
    }

    /** The faults that happen with a seed, in the order of their times. */
    public List<FaultOccurrence> faults(long seed, Duration length) {
        return schedule.orElseGet(() -> FaultDriver.schedule(mixes.apply(seed), seed, end(length)));
    }

    /** When the last fault is over in a run of this length. */
    public Duration end(Duration length) {
        return until.orElseGet(() -> length.multipliedBy(2).dividedBy(3));
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
        if (!serviceTime.isZero()) {
            simulation.nodes().forEach(node -> simulation.serviceTime(node, serviceTime));
        }
        if (!mix.faults().isEmpty()) {
            simulation.goOnAfterScenario();
            FaultDriver driver = new FaultDriver(
                    simulation, end(length), node -> scenario.restarted(simulation, node, scenarioValues));
            driver.play(mix, seed, schedule);
        }
        scenario.play(simulation, scenarioValues);
    }
}
