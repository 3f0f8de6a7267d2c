package dev.foresail.eval.blocks;

import dev.foresail.eval.experiment.ParallelRuns;
import dev.foresail.predictor.calibration.PastResiduals;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Progress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * {@code foresail eval blocks}: how long a file takes to reach 100 nodes, block by block, where links stay as they are and where bandwidths are halved every 20 s, with
 * senders and blocks chosen at random, rarest first, with a switch-over, and by prediction.
 */
public final class BlockDistribution implements Experiment {
    private static final int NODES = 100;
    private static final int QUICK_NODES = 30;
    /** Each gives a node two peers. */
    private static final int RINGS = 4;

    private static final int SEEDS = 10;
    private static final int QUICK_SEEDS = 2;
    private static final int QUICK_BLOCKS = 32;
    private static final int JUDGED = 40;
    private static final long FIRST_SEED = 0;
    private static final int EARLIER_RUNS = 6;

    @Override
    public String name() {
        return "blocks";
    }

    @Override
    public String summary() {
        return "seconds until a file is at 100 nodes, block by block: random, rarest-random, switch-over and the exposed choice";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.SEEDS, Option.SEED_BASE, Option.QUICK);
    }

    @Override
    public Report run(Options options) throws Exception {
        int seeds = options.seeds().orElse(options.quick() ? QUICK_SEEDS : SEEDS);
        int nodes = options.quick() ? QUICK_NODES : NODES;
        Map<String, String> parameters = options.quick() ? Map.of("blocks", Integer.toString(QUICK_BLOCKS)) : Map.of();
        List<BlocksForm<?>> forms = new ArrayList<>(BlocksForm.hardCoded(parameters));
        forms.add(BlocksForm.exposedRandom(parameters));
        PastResiduals before = learn(parameters, nodes, options);
        forms.add(BlocksForm.exposed(parameters, before));
        List<Callable<BlocksRun>> work = new ArrayList<>();
        for (int number = 1; number <= seeds; number++) {
            long seed = FIRST_SEED + options.seedBase() + number;
            for (boolean halves : new boolean[] {false, true}) {
                forms.forEach(form -> work.add(() -> new BlocksTrial<>(form, nodes, seed, halves, JUDGED).play(RINGS)));
            }
        }
        List<BlocksRun> runs = played(work, "simulating", options);
        int perSeed = 2 * forms.size();
        int whole = runs.size() / perSeed;
        BlocksFigures figures = new BlocksFigures(runs.subList(0, whole * perSeed));
        return new Report(whole, figures.bars(), figures.results(), List.of(options.command(this)));
    }

    /** How right predictions are, of runs with seeds that no others have, from this one down: what one run is off by is not what the next one is. */
    private static PastResiduals learn(Map<String, String> parameters, int nodes, Options options) throws Exception {
        List<Callable<PastResiduals.Collector>> work = new ArrayList<>();
        for (int back = 0; back < EARLIER_RUNS; back++) {
            long seed = FIRST_SEED + options.seedBase() - back;
            for (boolean halves : new boolean[] {false, true}) {
                work.add(() -> {
                    PastResiduals.Collector residuals = new PastResiduals.Collector();
                    new BlocksTrial<>(BlocksForm.exposed(parameters), nodes, seed, halves, 0)
                            .telling(residuals)
                            .play(RINGS);
                    return residuals;
                });
            }
        }
        PastResiduals.Collector all = new PastResiduals.Collector();
        played(work, "earlier runs", options).forEach(all::addAll);
        return all.residuals();
    }

    private static <T> List<T> played(List<Callable<T>> work, String what, Options options) throws Exception {
        try (Progress progress = Progress.onStandardError(what)) {
            int threads = Runtime.getRuntime().availableProcessors();
            return ParallelRuns.all(work, threads, progress, options.interruption());
        }
    }
}
