package dev.foresail.predictor.explore;

import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;

/** The searches over one model. Not thread-safe. */
public final class WorldSearch {
    private final WorldSpace space;
    private final SearchResources resources;

    public WorldSearch(SystemModel<?> model, SearchResources resources) {
        this.space = new WorldSpace(model);
        this.resources = resources;
    }

    /** As {@link WorldSpace#follow}. */
    @SuppressWarnings("unchecked") // as the space does
    public boolean follow(SystemModel<?> next) {
        return space.follow((SystemModel<Object>) next);
    }

    /** As {@link WorldSpace#known}. */
    public long known() {
        return space.known();
    }

    public SearchReport run(SearchSettings settings) {
        StopSignal stop = new StopSignal(resources, settings);
        space.serve(stop, settings.checksDeterminism());
        return switch (settings.kind()) {
            case EXHAUSTIVE, CONSEQUENCE -> new BreadthFirst(space, settings, resources, stop).search();
            case WALK -> new Walks(space, settings, resources, stop).search();
        };
    }
}
