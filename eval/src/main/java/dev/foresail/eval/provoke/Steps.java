package dev.foresail.eval.provoke;

import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Lets a scenario go on as soon as something has come about on its stage, which is looked at again and again: in virtual
 * time as on a loaded machine. On the stage's thread.
 */
final class Steps {
    /** Note of a run: 1 when the system works again after what was done to it, 0 when it did not in time. */
    static final String RESTORED = "restored";

    private static final Duration POLL = Duration.ofMillis(10);
    /** Much more than any step takes on a machine that does other things too. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration SETTLING = Duration.ofSeconds(1);

    private final Stage stage;

    Steps(Stage stage) {
        this.stage = stage;
    }

    /** @throws IllegalArgumentException when the stage has fewer nodes */
    static void checkSize(Stage stage, int least) {
        if (stage.nodes().size() < least) {
            throw new IllegalArgumentException("the scenario takes at least " + least + " nodes, not "
                    + stage.nodes().size());
        }
    }

    void after(Duration delay, Runnable then) {
        stage.at(stage.now().plus(delay), then);
    }

    /**
     * Goes on with {@code then} once the condition holds.
     *
     * @param what is waited for, in words
     * @throws IllegalStateException as the scenario's own failure, when it does not come about
     */
    void when(String what, BooleanSupplier condition, Runnable then) {
        within(PATIENCE, condition, then, () -> {
            throw new IllegalStateException("waited for " + PATIENCE.toSeconds() + " s until " + what);
        });
    }

    /** Goes on with {@code then} once the condition holds, or with {@code otherwise} when it has not for so long. */
    void within(Duration patience, BooleanSupplier condition, Runnable then, Runnable otherwise) {
        until(stage.now().plus(patience), condition, then, otherwise);
    }

    private void until(Duration deadline, BooleanSupplier condition, Runnable then, Runnable otherwise) {
        if (condition.getAsBoolean()) {
            then.run();
        } else if (stage.now().compareTo(deadline) >= 0) {
            otherwise.run();
        } else {
            after(POLL, () -> until(deadline, condition, then, otherwise));
        }
    }

    /** Gives what was provoked the time to happen; then ends the run once the system works, and notes whether it does. */
    void settle(BooleanSupplier works) {
        after(SETTLING, () -> within(PATIENCE, works, () -> end(1), () -> end(0)));
    }

    private void end(double restored) {
        stage.record(RESTORED, restored);
        stage.finish();
    }
}
