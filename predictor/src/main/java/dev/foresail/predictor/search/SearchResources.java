package dev.foresail.predictor.search;

import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What a search is given from outside. Its workers ask for time, heap and interruption, too, several at once.
 *
 * @param executor runs the workers beyond the first, which is the caller's own thread
 * @param clockNanos the time, for limits and reports
 * @param heapBytes the heap in use after the last collection, 0 when not known
 * @param interrupted whether the search is to end with what it has
 * @param listener is told how far it is, now and then, on the caller's thread
 */
public record SearchResources(
        Executor executor,
        LongSupplier clockNanos,
        LongSupplier heapBytes,
        BooleanSupplier interrupted,
        Listener listener) {
    /** Hears how far a search is. */
    @FunctionalInterface
    public interface Listener {
        /** @param frontier the worlds at this depth that are known already */
        void progress(int depth, long distinctWorlds, long transitions, long frontier);
    }

    /** Resources for tests and short searches: no clock, nobody listens, further workers run in the pool. */
    public static SearchResources of(Executor executor) {
        return new SearchResources(
                executor, () -> 0, () -> 0, () -> false, (depth, worlds, transitions, frontier) -> {});
    }
}
