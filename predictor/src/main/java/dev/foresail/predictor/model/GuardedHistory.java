package dev.foresail.predictor.model;

import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.guardrail.GuardedRun;
import dev.foresail.predictor.node.Step;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A history that is asked within a limit of steps: it throws FS269, which names it, when the user's history throws or does
 * not return.
 */
record GuardedHistory<H>(History<H> history) implements History<H> {
    @Override
    public H initial() {
        return ask(() -> "", history::initial);
    }

    @Override
    public H after(H before, Action action, List<Step.Send> sends) {
        return ask(() -> history.describe(before) + " and " + action, () -> history.after(before, action, sends));
    }

    @Override
    public void write(H value, StateWriter out) {
        ask(() -> history.describe(value), () -> {
            history.write(value, out);
            return true;
        });
    }

    @Override
    public String describe(H value) {
        return ask(() -> "", () -> history.describe(value));
    }

    /** The property of that name, asked in the same way. */
    Predicate<H> asking(String property, Predicate<H> holds) {
        return value -> GuardedRun.ask(
                () -> "the property " + property, () -> history.describe(value), () -> holds.test(value));
    }

    private <T> T ask(Supplier<String> askedOf, Supplier<T> question) {
        return GuardedRun.ask(() -> "the history " + history.getClass().getName(), askedOf, question);
    }
}
