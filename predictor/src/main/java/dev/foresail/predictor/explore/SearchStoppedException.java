package dev.foresail.predictor.explore;

import dev.foresail.predictor.search.SearchReport.Ended;

/** Leads out of the middle of something that a search has no time for any more; it never leaves the search. */
final class SearchStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Ended why;

    SearchStoppedException(Ended why) {
        super("the search ends: " + why, null, false, false);
        this.why = why;
    }

    Ended why() {
        return why;
    }
}
