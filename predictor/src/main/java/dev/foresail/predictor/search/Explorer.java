package dev.foresail.predictor.search;

import dev.foresail.predictor.explore.WorldSearch;
import dev.foresail.predictor.model.SystemModel;

/**
 * Explores the worlds of a model, and of the models that follow it. Not thread-safe.
 *
 * <p>What it has learnt of local transitions serves its later searches too, also those of the next model of the same system:
 * a live node that looks ahead again and again from other snapshots runs only handlers that it has not run before. Its
 * tables have generations: they are thrown away whole, and begun anew, when the next model is of another system, when a
 * handler has read what is not the same any more (the time, an aggregate), and when there is too much in them. So its memory
 * stays bounded by {@code mostKnown} and one search. Weakness: with handlers that read the time a generation is one model.
 *
 * @param <S> the protocol's state
 */
public final class Explorer<S> {
    /** About half a gigabyte with small states. */
    private static final long MOST_KNOWN = 1_000_000;

    private final SearchResources resources;
    private final long mostKnown;
    private WorldSearch search;
    private long generation = 1;

    public Explorer(SystemModel<S> model, SearchResources resources) {
        this(model, resources, MOST_KNOWN);
    }

    /** @param mostKnown how many local states, messages and cells the tables keep for the next model */
    public Explorer(SystemModel<S> model, SearchResources resources, long mostKnown) {
        this.resources = resources;
        this.mostKnown = mostKnown;
        this.search = new WorldSearch(model, resources);
    }

    /** From now on explores {@code next}, with what is known where it still holds. */
    public void follow(SystemModel<S> next) {
        if (search.known() > mostKnown || !search.follow(next)) {
            search = new WorldSearch(next, resources);
            generation++;
        }
    }

    /** The number of the tables' generation, from 1. */
    public long generation() {
        return generation;
    }

    /** How many local states, messages and cells the tables have. */
    public long known() {
        return search.known();
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
