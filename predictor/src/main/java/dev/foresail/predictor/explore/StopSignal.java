package dev.foresail.predictor.explore;

import dev.foresail.predictor.search.SearchReport.Ended;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import java.util.Optional;

/**
 * Whether a search has to end with what it has: it was interrupted, or its time or memory is used up. Loops that may be
 * long ask now and then, those that cannot go on from the middle by {@link #check}. Thread-safe as far as what the search
 * was given from outside is.
 */
final class StopSignal {
    /** Of what is no search, and goes on until it has done everything. */
    static final StopSignal NEVER = new StopSignal(SearchResources.of(Runnable::run), SearchSettings.DEFAULT);

    private final SearchResources resources;
    private final SearchSettings settings;
    private final long startNanos;

    /** The search begins now. */
    StopSignal(SearchResources resources, SearchSettings settings) {
        this.resources = resources;
        this.settings = settings;
        this.startNanos = resources.clockNanos().getAsLong();
    }

    /** How long the search has taken so far. */
    long nanos() {
        return resources.clockNanos().getAsLong() - startNanos;
    }

    /** Why the search has to end; empty when it may go on. */
    Optional<Ended> ended() {
        if (resources.interrupted().getAsBoolean()) {
            return Optional.of(Ended.INTERRUPTED);
        } else if (nanos() >= settings.maxNanos()) {
            return Optional.of(Ended.TIME);
        } else if (resources.heapBytes().getAsLong() >= settings.maxHeapBytes()) {
            return Optional.of(Ended.MEMORY);
        }
        return Optional.empty();
    }

    boolean isGiven() {
        return ended().isPresent();
    }

    /** @throws SearchStoppedException when the search has to end */
    void check() {
        ended().ifPresent(why -> {
            throw new SearchStoppedException(why);
        });
    }
}
