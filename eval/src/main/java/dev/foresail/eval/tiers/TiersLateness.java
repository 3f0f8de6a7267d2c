package dev.foresail.eval.tiers;

import dev.foresail.eval.experiment.ParallelRuns;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Progress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * {@code foresail eval tiers}: how many requests are late that go through brokers to servers which front ends do not know, with the broker
 * chosen at random, by what aggregates say, and by look-ahead with and without servers that are imagined.
 */
public final class TiersLateness implements Experiment {
    private static final int SEEDS = 20;
    private static final int QUICK_SEEDS = 3;

    @Override
    public String name() {
        return "tiers";
    }

    @Override
    public String summary() {
        return "late requests through brokers to unknown servers: by aggregates, and by look-ahead that imagines them";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.SEEDS, Option.SEED_BASE, Option.QUICK);
    }

    @Override
    public Report run(Options options) throws Exception {
        int seeds = options.seeds().orElse(options.quick() ? QUICK_SEEDS : SEEDS);
        List<TiersForm<?>> forms = TiersForm.all();
        List<Callable<TiersRun>> work = new ArrayList<>();
        for (int number = 1; number <= seeds; number++) {
            long seed = options.seedBase() + number;
            forms.forEach(form -> work.add(() -> TiersTrial.run(form, seed)));
        }
        List<TiersRun> runs;
        try (Progress progress = Progress.onStandardError("simulating")) {
            int threads = Runtime.getRuntime().availableProcessors();
            runs = ParallelRuns.all(work, threads, progress, options.interruption());
        }
        int whole = runs.size() / forms.size();
        TiersFigures figures = new TiersFigures(runs.subList(0, whole * forms.size()));
        return new Report(whole, figures.bars(), figures.results(), List.of(options.command(this)));
    }
}
