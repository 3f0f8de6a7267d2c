package dev.foresail.eval.randtree;

import dev.foresail.eval.experiment.ParallelRuns;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.network.topology.Topology;
import dev.foresail.randtree.trial.SimulatedTrial;
import dev.foresail.randtree.trial.Variant;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;

/**
 * {@code foresail eval randtree-depth}: every variant of RandTree under every schedule, on the same seeds and, per seed, the
 * same links. With measured latencies ({@code --data}), the schedule {@code half} on samples of them too, reported only.
 */
public final class RandTreeDepth implements Experiment {
    private static final int NODES = 31;
    private static final int SEEDS = 200;
    private static final int QUICK_SEEDS = 20;
    /** Seeds up to here were looked at while policies and predictions were written. */
    private static final long FIRST_SEED = 10_000;

    @Override
    public String name() {
        return "randtree-depth";
    }

    @Override
    public String summary() {
        return "levels of 31-node trees after join and rejoin, all variants, simulated";
    }

    @Override
    public Report run(Options options) throws Exception {
        int seeds = options.seeds().orElse(options.quick() ? QUICK_SEEDS : SEEDS);
        Optional<MeasuredNetworks> measured = options.data().flatMap(MeasuredNetworks::in);
        if (options.data().isPresent() && measured.isEmpty()) {
            options.hints()
                    .accept("--data: there is no " + MeasuredNetworks.FILE + " in "
                            + options.data().get() + "; runs on measured latencies are left out");
        }
        List<Callable<DepthRun>> work = new ArrayList<>();
        LongStream.rangeClosed(1, seeds)
                .map(number -> FIRST_SEED + options.seedBase() + number)
                .forEach(seed -> addRuns(seed, measured, work));
        List<DepthRun> runs;
        try (Progress progress = Progress.onStandardError("simulating")) {
            int threads = Runtime.getRuntime().availableProcessors();
            runs = ParallelRuns.all(work, threads, progress, options.interruption());
        }
        // Seeds whose runs are not all there would weigh on some variants only.
        int runsPerSeed = work.size() / seeds;
        int wholeSeeds = runs.size() / runsPerSeed;
        DepthFigures figures = new DepthFigures(runs.subList(0, wholeSeeds * runsPerSeed));
        return new Report(wholeSeeds, DepthBars.of(figures), figures.results(), List.of(options.command(this)));
    }

    private static void addRuns(long seed, Optional<MeasuredNetworks> measured, List<Callable<DepthRun>> work) {
        for (Variant<?> variant : variants()) {
            for (DepthSchedule schedule : DepthSchedule.all()) {
                work.add(
                        () -> play(schedule, schedule.label(), variant, seed, SyntheticWideArea.generate(NODES, seed)));
            }
            measured.ifPresent(networks -> work.add(
                    () -> play(DepthSchedule.HALF, "half on PlanetLab", variant, seed, networks.sample(NODES, seed))));
        }
    }

    private static DepthRun play(
            DepthSchedule schedule, String group, Variant<?> variant, long seed, Topology topology) {
        return DepthRun.of(
                group, variant.name(), SimulatedTrial.run(variant, NODES, seed, schedule.parameters(), topology));
    }

    private static List<Variant<?>> variants() {
        return List.of(
                Variant.baseline(),
                Variant.roundRobin(),
                Variant.leastDelegated(),
                Variant.adaptive(),
                Variant.random(),
                Variant.predicted(Variant.meanDepth()));
    }
}
