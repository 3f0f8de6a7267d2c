package dev.foresail.eval.epidemic;

import dev.foresail.eval.experiment.ParallelRuns;
import dev.foresail.predictor.calibration.PastResiduals;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Progress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * {@code foresail eval gossip}: how long an update takes to reach 99 % of 500 nodes on wide-area topologies with slow
 * links, with the partner of an exchange chosen as BAR Gossip does, as FlightPath does, and by prediction.
 */
public final class EpidemicSpeed implements Experiment {
    private static final int NODES = 500;
    private static final int QUICK_NODES = 150;
    /** Each gives a node two peers. */
    private static final int RINGS = 6;

    private static final int QUICK_RINGS = 3;
    private static final int TOPOLOGIES = 20;
    private static final int QUICK_TOPOLOGIES = 3;
    private static final int JUDGED = 20;
    private static final long FIRST_SEED = 0;
    /** On networks of their own, which tell how right predictions are before any that is judged. */
    private static final int EARLIER_RUNS = 2;

    @Override
    public String name() {
        return "gossip";
    }

    @Override
    public String summary() {
        return "seconds until an update is at 99 % of 500 nodes: BAR Gossip, FlightPath and the exposed choice";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.SEEDS, Option.SEED_BASE, Option.QUICK);
    }

    @Override
    public Report run(Options options) throws Exception {
        int seeds = options.seeds().orElse(options.quick() ? QUICK_TOPOLOGIES : TOPOLOGIES);
        int nodes = options.quick() ? QUICK_NODES : NODES;
        int rings = options.quick() ? QUICK_RINGS : RINGS;
        PastResiduals.Collector before = new PastResiduals.Collector();
        for (int number = 0; number < EARLIER_RUNS; number++) {
            EpidemicTrial.learn(nodes, rings, FIRST_SEED + options.seedBase() - number, before);
        }
        List<EpidemicVariant<?>> variants = variants(before.residuals());
        List<Callable<EpidemicRun>> work = new ArrayList<>();
        for (int number = 1; number <= seeds; number++) {
            long seed = FIRST_SEED + options.seedBase() + number;
            variants.forEach(variant -> work.add(() -> EpidemicTrial.run(variant, nodes, rings, seed, JUDGED)));
        }
        List<EpidemicRun> runs;
        try (Progress progress = Progress.onStandardError("simulating")) {
            int threads = Runtime.getRuntime().availableProcessors();
            runs = ParallelRuns.all(work, threads, progress, options.interruption());
        }
        int perTopology = variants.size();
        int whole = runs.size() / perTopology;
        EpidemicFigures figures = new EpidemicFigures(runs.subList(0, whole * perTopology));
        return new Report(whole, figures.bars(), figures.results(), List.of(options.command(this)));
    }

    private static List<EpidemicVariant<?>> variants(PastResiduals before) {
        return List.of(
                EpidemicVariant.barGossip(),
                EpidemicVariant.fastBarGossip(),
                EpidemicVariant.flightPath(),
                EpidemicVariant.random(),
                EpidemicVariant.predicted(before));
    }
}
