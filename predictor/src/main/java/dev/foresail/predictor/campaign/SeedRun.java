package dev.foresail.predictor.campaign;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.simulate.PropertyWatch;
import dev.foresail.predictor.simulate.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** One seed of a plan, with its properties watched. On one thread; once only. */
public final class SeedRun<S> {
    /** In how many parts a run is played, between which it can be cut short. */
    public static final int SLICES = 1000;

    private final SimulationPlan<S> plan;
    private final long seed;
    private final PropertyWatch<S> watch;
    private final Simulation<S> simulation;

    /** At time zero. Throws what {@link SimulationPlan#start} throws. */
    public SeedRun(SimulationPlan<S> plan, long seed) {
        this(plan, seed, Optional.empty(), (system, watch) -> {});
    }

    /**
     * As {@link #SeedRun(SimulationPlan, long)}.
     *
     * @param coverage notes what is tried of the protocol, where somebody wants to know
     * @param before is handed the system and the watch over it before anything is scheduled
     */
    public SeedRun(
            SimulationPlan<S> plan,
            long seed,
            Optional<Coverage> coverage,
            BiConsumer<Simulation<S>, PropertyWatch<S>> before) {
        this.plan = plan;
        this.seed = seed;
        List<PropertyWatch<S>> watches = new ArrayList<>();
        Machine<S> machine = coverage.<Machine<S>>map(noted -> new CoveringMachine<>(plan.machine(), noted))
                .orElseGet(plan::machine);
        this.simulation = plan.start(machine, seed, system -> {
            PropertyWatch<S> watching = new PropertyWatch<>(system, plan.checkEvery());
            watches.add(watching);
            if (watching.asks()) {
                system.onHandled(watching);
            }
            coverage.ifPresent(noted -> system.onDecision(noted::decided));
            before.accept(system, watching);
        });
        this.watch = watches.get(0);
    }

    public Simulation<S> simulation() {
        return simulation;
    }

    /** Plays it to its end. */
    public SeedOutcome play() {
        return play(() -> false, slice -> {});
    }

    /**
     * Plays it to its end, or until somebody has had enough.
     *
     * @param progress is told how many of the {@link #SLICES} are over
     */
    public SeedOutcome play(BooleanSupplier stopped, IntConsumer progress) {
        long untilNanos = plan.until().toNanos();
        boolean goesOn = true;
        for (int slice = 1; slice <= SLICES && goesOn && !isStopped(stopped); slice++) {
            long sliceEnd = slice == SLICES ? untilNanos : untilNanos / SLICES * slice;
            simulation.runUntil(Duration.ofNanos(sliceEnd));
            goesOn = simulation.nowNanos() >= sliceEnd;
            progress.accept(slice);
        }
        SeedOutcome outcome = SeedOutcome.of(plan, seed, simulation, watch.violations());
        return !goesOn || simulation.nowNanos() >= untilNanos ? outcome : outcome.partial();
    }

    /** All processes that a run is partitioned over stop when one has had enough. */
    private boolean isStopped(BooleanSupplier stopped) {
        return simulation.isWishedAnywhere(stopped.getAsBoolean());
    }
}
