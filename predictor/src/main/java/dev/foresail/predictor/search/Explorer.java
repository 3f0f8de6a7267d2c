package dev.foresail.predictor.search;

import dev.foresail.predictor.explore.WorldSearch;
import dev.foresail.predictor.model.SystemModel;

/**
 * Explores the worlds of a model. Not thread-safe; what it has learnt of local transitions serves its later searches too.
 *
 * @param <S> the protocol's state
 */
public final class Explorer<S> {
    private final WorldSearch search;

    public Explorer(SystemModel<S> model, SearchResources resources) {
        this.search = new WorldSearch(model, resources);
    }

    /**
     * Searches; blocks until the search has ended.
     *
     * @throws dev.foresail.predictor.determinism.NonDeterminismException FS267 when a handler that ran again did something
     *     else
     */
    public SearchReport search(SearchSettings settings) {
        return search.run(settings);
    }
}
