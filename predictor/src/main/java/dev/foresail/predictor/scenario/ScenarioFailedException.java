package dev.foresail.predictor.scenario;

import java.time.Duration;

/** A scenario threw while it was played: diagnostic FS405. What it threw is the cause. */
public final class ScenarioFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param at the time since the scenario began */
    public ScenarioFailedException(Duration at, RuntimeException thrown) {
        super("[FS405] the scenario failed at " + at.toNanos() / 1e9 + " s: " + thrown, thrown);
    }
}
