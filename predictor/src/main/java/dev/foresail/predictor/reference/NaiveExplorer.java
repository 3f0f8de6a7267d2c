package dev.foresail.predictor.reference;

import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;

/**
 * Our plain explorer that clones worlds: breadth first, a node is cloned and its handler run at every transition, the worlds
 * that were seen are in a hash set. One thread; of {@link SearchSettings} it obeys the kind (exhaustive or consequence), the
 * limits, {@code expansions} and {@code untilViolation}. Local states and messages are not counted: 0.
 */
public final class NaiveExplorer {
    private final SearchResources resources;
    private final boolean wholeBytes;

    /** @param wholeBytes whether worlds are told apart by all their canonical bytes, or by 64-bit fingerprints */
    public NaiveExplorer(SearchResources resources, boolean wholeBytes) {
        this.resources = resources;
        this.wholeBytes = wholeBytes;
    }

    /**
     * Blocks until the search has ended.
     *
     * @throws RuntimeException what a handler throws at a start or an initial call
     */
    public <S> SearchReport search(SystemModel<S> model, SearchSettings settings) {
        return new NaiveSearch<>(model, settings, resources, wholeBytes).run();
    }
}
