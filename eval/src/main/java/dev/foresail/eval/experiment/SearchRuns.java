package dev.foresail.eval.experiment;

import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.live.RealClock;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs searches and takes their time and memory. Every search has an explorer of its own, which has learnt nothing yet. */
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
        return timed(model, settings, resources((depth, worlds, transitions, frontier) -> {}));
    }

    private static Run timed(SystemModel<?> model, SearchSettings settings, SearchResources resources) {
        long began = RealClock.nanos();
        SearchReport report = new Explorer<>(model, resources).search(settings);
        return new Run(report, RealClock.nanos() - began);
    }

    /** With the {@link NaiveExplorer}, which tells worlds apart by fingerprints, too. */
    public Run exploreNaively(SystemModel<?> model, SearchSettings settings) {
        long began = RealClock.nanos();
        SearchReport report = new NaiveExplorer(resources((depth, worlds, transitions, frontier) -> {}), false)
                .search(model, settings);
        return new Run(report, RealClock.nanos() - began);
    }

    /**
     * What a search has on the heap when it has most there, local states and messages included, divided by its worlds. The
     * heap is collected at every level, so that the search's time says nothing.
     */
    public double heapBytesPerWorld(SystemModel<?> model, SearchSettings settings) {
        long before = heapBytes();
        LargestHeap largest = new LargestHeap();
        SearchReport report = timed(model, settings, resources(largest)).report();
        return (double) (largest.bytes - before) / report.distinctWorlds();
    }

    private SearchResources resources(SearchResources.Listener listener) {
        return new SearchResources(workers, RealClock::nanos, () -> 0, interruption::isRequested, listener);
    }

    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Looks at the heap once a level. */
    private static final class LargestHeap implements SearchResources.Listener {
        private int lastDepth = -1;
        private long bytes;

        @Override
        public void progress(int depth, long distinctWorlds, long transitions, long frontier) {
            if (depth != lastDepth) {
                lastDepth = depth;
                bytes = Math.max(bytes, heapBytes());
            }
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
