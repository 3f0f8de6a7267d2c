package dev.foresail.eval.prediction;

import dev.foresail.predictor.model.Failures;

/** The one failure that a prediction reckons with. */
enum PredictedFailure {
    CRASH("crash", Failures.NONE.withCrashes(1)),
    SILENT_RESET("silent reset", Failures.NONE.withSilentResets(1));

    private final String label;
    private final Failures failures;

    PredictedFailure(String label, Failures failures) {
        this.label = label;
        this.failures = failures;
    }

    String label() {
        return label;
    }

    Failures failures() {
        return failures;
    }
}
