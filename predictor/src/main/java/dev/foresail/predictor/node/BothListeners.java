package dev.foresail.predictor.node;

import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;

/** Tells two listeners, one after the other. */
record BothListeners(StepListener first, StepListener second) implements StepListener {
    @Override
    public void ran(Event event, long atNanos, Alternative alternative, Step<?> step) {
        first.ran(event, atNanos, alternative, step);
        second.ran(event, atNanos, alternative, step);
    }

    @Override
    public void passed(Event event, long atNanos, Passing how) {
        first.passed(event, atNanos, how);
        second.passed(event, atNanos, how);
    }
}
