package dev.foresail.eval.explorer;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.SearchRuns;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Progress;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code foresail eval explorer-speed}: transitions and worlds per second, handler runs per transition, bytes per world of a
 * whole process; against our plain explorer that clones worlds (the reference implementation). Real time: the figures differ from run to run.
 */
public final class ExplorerSpeed implements Experiment {
    private static final List<Integer> WORKERS = List.of(1, 2);

    /**
     * How much is done.
     *
     * @param plainRms how many resource managers there are where the plain explorer takes part
     */
    private record Size(int rms, int plainRms, int warmUpRounds, int rounds, int plainRounds, int roundsOfOthers) {
        static final Size FULL = new Size(7, 6, 5, 7, 3, 3);
        static final Size QUICK = new Size(5, 4, 1, 2, 1, 1);
    }

    @Override
    public String name() {
        return "explorer-speed";
    }

    @Override
    public String summary() {
        return "speed and memory of exhaustive searches, against cloning at every transition";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.QUICK);
    }

    @Override
    public Report run(Options options) throws Exception {
        Size size = options.quick() ? Size.QUICK : Size.FULL;
        Bars bars = new Bars();
        Map<String, Object> results = new LinkedHashMap<>();
        try (SearchRuns searches = new SearchRuns(options.interruption());
                Progress progress = Progress.onStandardError("exploring")) {
            // First, as long as this process has not much memory that a child could lack.
            if (!options.quick()) {
                progress.update(() -> "whole processes");
                WholeChecks checks = new WholeChecks();
                checks.run(options.interruption());
                checks.addBars(bars);
                results.put("wholeProcesses", checks.results());
            }
            progress.update(() -> "two-phase commit");
            TwoPhaseSpeed twoPhase = new TwoPhaseSpeed(searches, size.rms, size.plainRms);
            twoPhase.run(size.warmUpRounds, size.rounds, size.plainRounds);
            twoPhase.addBars(bars);
            results.put("twoPhase", twoPhase.results());
            results.put("others", others(searches, size, options.quick(), progress));
        }
        return new Report(1, bars.all(), results, List.of(options.command(this)));
    }

    private static Map<String, Object> others(SearchRuns searches, Size size, boolean quick, Progress progress) {
        Map<String, Object> others = new LinkedHashMap<>();
        for (Workload workload : Workload.others(quick)) {
            progress.update(workload::name);
            Contest contest = new Contest();
            for (int workers : WORKERS) {
                SearchSettings settings = workload.settings().withWorkers(workers);
                contest.with(with(workers), () -> searches.explore(workload.model(), settings));
            }
            contest.run(size.warmUpRounds, size.roundsOfOthers, searches::isInterrupted);
            Map<String, Object> byWorkers = new LinkedHashMap<>();
            for (int workers : WORKERS) {
                byWorkers.put(with(workers), contest.summary(with(workers)));
            }
            others.put(workload.name(), byWorkers);
        }
        return others;
    }

    private static String with(int workers) {
        return workers + (workers == 1 ? " worker" : " workers");
    }
}
