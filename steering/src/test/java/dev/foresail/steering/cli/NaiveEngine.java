package dev.foresail.steering.cli;

import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;

/** Searches with the plain reference. */
final class NaiveEngine implements SearchEngine {
    @Override
    public <S> SearchReport search(SystemModel<S> model, SearchSettings settings, SearchResources resources) {
        return new NaiveExplorer(resources, false).search(model, settings);
    }
}
