package dev.foresail.predictor.campaign;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.simulate.PropertyWatch;
import dev.foresail.predictor.simulate.Runaway;
import dev.foresail.predictor.simulate.RunawayException;
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
    /** Why there is nothing to be played, though it has begun. */
    private final Optional<Throwable> ranAwayAtOnce;

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
        List<Simulation<S>> begun = new ArrayList<>();
        Machine<S> machine = coverage.<Machine<S>>map(noted -> new CoveringMachine<>(plan.machine(), noted))
                .orElseGet(plan::machine);
        this.ranAwayAtOnce = unlessItRunsAway(() -> plan.start(machine, seed, system -> {
            begun.add(system);
            PropertyWatch<S> watching = new PropertyWatch<>(system, plan.checkEvery());
            watches.add(watching);
            if (watching.asks()) {
                system.onHandled(watching);
            }
            coverage.ifPresent(noted -> system.onDecision(noted::decided));
            before.accept(system, watching);
        }));
        if (begun.isEmpty()) {
            ranAwayAtOnce.ifPresent(SeedRun::rethrow);
        }
        this.simulation = begun.get(0);
        this.watch = watches.get(0);
    }

    /** What has ended a run that cannot go on; empty when nothing has. */
    private static Optional<Throwable> unlessItRunsAway(Runnable play) {
        try {
            play.run();
            return Optional.empty();
        } catch (RunawayException | OutOfMemoryError runaway) {
            return Optional.of(runaway);
        }
    }

    private static void rethrow(Throwable runaway) {
        if (runaway instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) runaway;
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
        boolean[] ended = new boolean[1];
        Optional<Throwable> thrown =
                ranAwayAtOnce.or(() -> unlessItRunsAway(() -> ended[0] = playSlices(stopped, progress)));
        if (thrown.isPresent()) {
            return stopped(thrown.get());
        }
        SeedOutcome outcome = SeedOutcome.of(plan, seed, simulation, watch.violations());
        return ended[0] ? outcome : outcome.partial();
    }

    /** Whether it has come to its end. */
    private boolean playSlices(BooleanSupplier stopped, IntConsumer progress) {
        long untilNanos = plan.until().toNanos();
        boolean goesOn = true;
        for (int slice = 1; slice <= SLICES && goesOn && !isStopped(stopped); slice++) {
            long sliceEnd = slice == SLICES ? untilNanos : untilNanos / SLICES * slice;
            simulation.runUntil(Duration.ofNanos(sliceEnd));
            goesOn = simulation.nowNanos() >= sliceEnd;
            progress.accept(slice);
        }
        return !goesOn || simulation.nowNanos() >= untilNanos;
    }

    private SeedOutcome stopped(Throwable thrown) {
        if (simulation.isPartitioned()) {
            // What is known of the nodes elsewhere cannot be asked for any more.
            rethrow(thrown);
        }
        Runaway runaway = simulation.runaway(thrown);
        SeedOutcome known = runaway.code().equals(Runaway.OUT_OF_MEMORY)
                ? SeedOutcome.exhausted(plan, seed, simulation, watch.violations())
                : SeedOutcome.of(plan, seed, simulation, watch.violations());
        return known.stopped(runaway);
    }

    /** All processes that a run is partitioned over stop when one has had enough. */
    private boolean isStopped(BooleanSupplier stopped) {
        return simulation.isWishedAnywhere(stopped.getAsBoolean());
    }
}
