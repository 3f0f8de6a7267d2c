package dev.foresail.steering.cli;

import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;

/** Who searches; tests take the plain reference for the explorer. */
interface SearchEngine {
    <S> SearchReport search(SystemModel<S> model, SearchSettings settings, SearchResources resources);
}
