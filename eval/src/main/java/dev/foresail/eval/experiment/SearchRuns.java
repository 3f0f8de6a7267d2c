package dev.foresail.eval.experiment;

import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.live.RealClock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs searches and takes their time. Every search has an explorer of its own, which has learnt nothing yet. */
public final class SearchRuns implements AutoCloseable {
    private final ExecutorService workers = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "foresail-search");
        thread.setDaemon(true);
        return thread;
    });
    private final Interruption interruption;

    /** @param interruption ends a search early, and all that follow at once */
    public SearchRuns(Interruption interruption) {
        this.interruption = interruption;
    }

    /**
     * A search and what it took.
     *
     * @param nanos from before the explorer was made until the report was there
     */
    public record Run(SearchReport report, long nanos) {
        public double seconds() {
            return nanos / 1e9;
        }

        public double millis() {
            return nanos / 1e6;
        }

        public double transitionsPerSecond() {
            return report.transitions() / seconds();
        }

        public double worldsPerSecond() {
            return report.distinctWorlds() / seconds();
        }
    }

    public boolean isInterrupted() {
        return interruption.isRequested();
    }

    /** With a new {@link Explorer}. */
    public Run explore(SystemModel<?> model, SearchSettings settings) {
        long began = RealClock.nanos();
        SearchReport report = new Explorer<>(model, resources()).search(settings);
        return new Run(report, RealClock.nanos() - began);
    }

    /** With our plain explorer that clones worlds, the {@link NaiveExplorer}; it tells worlds apart by fingerprints, too. */
    public Run explorePlainly(SystemModel<?> model, SearchSettings settings) {
        long began = RealClock.nanos();
        SearchReport report = new NaiveExplorer(resources(), false).search(model, settings);
        return new Run(report, RealClock.nanos() - began);
    }

    private SearchResources resources() {
        return new SearchResources(
                workers,
                RealClock::nanos,
                () -> 0,
                interruption::isRequested,
                (depth, worlds, transitions, frontier) -> {});
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
