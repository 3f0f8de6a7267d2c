package dev.foresail.eval.knownbugs;

import dev.foresail.predictor.model.SystemModel;
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

    /** In reports. */
    String text() {
        return this == SNAPSHOT ? "snapshot" : "initial world";
    }
}
