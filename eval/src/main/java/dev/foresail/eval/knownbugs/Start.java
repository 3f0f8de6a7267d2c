package dev.foresail.eval.knownbugs;

import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.SearchKind;
import java.util.Map;

/** Where a search for a known bug begins. */
enum Start {
    /** In a world close to the bug. */
    SNAPSHOT,
    /** At the very beginning, with failures on. */
    INITIAL;

    <S> SystemModel<S> model(KnownBug<S> bug) {
        return this == SNAPSHOT ? bug.snapshotModel() : bug.initialModel();
    }

    <S> SystemModel<S> mendedModel(KnownBug<S> bug) {
        return this == SNAPSHOT ? bug.mendedSnapshotModel() : bug.mendedInitialModel();
    }

    Map<String, String> settings(KnownBug<?> bug) {
        return this == SNAPSHOT ? bug.fromSnapshot() : bug.fromInitial();
    }

    /**
     * The kind of search whose time is held against the bar: chosen once and for all, not the fastest of a run. From a
     * snapshot it is prediction, but for CH-1, where two nodes fail independently, which is beyond it.
     */
    SearchKind namedKind(KnownBug<?> bug) {
        if (this == SNAPSHOT) {
            return bug.id().equals("CH-1") ? SearchKind.EXHAUSTIVE : SearchKind.CONSEQUENCE;
        }
        return switch (bug.id()) {
            case "RT-2" -> SearchKind.CONSEQUENCE;
            case "PX-1", "PX-2" -> SearchKind.WALK;
            default -> SearchKind.EXHAUSTIVE;
        };
    }

    /** In reports. */
    String text() {
        return this == SNAPSHOT ? "snapshot" : "initial world";
    }
}
