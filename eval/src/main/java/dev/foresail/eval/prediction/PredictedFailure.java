package dev.foresail.eval.prediction;

import dev.foresail.predictor.model.Failures;

/** The one failure that a prediction reckons with. */
enum PredictedFailure {
    CRASH("crash"),
    SILENT_RESET("silent reset");

    private final String label;

    PredictedFailure(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    Failures failures() {
        return this == CRASH ? Failures.NONE.withCrashes(1) : Failures.NONE.withSilentResets(1);
    }
}
