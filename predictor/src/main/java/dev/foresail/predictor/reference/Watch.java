package dev.foresail.predictor.reference;

import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.node.Step;
import java.util.ArrayList;
import java.util.List;

/** A history that goes on: what is remembered in one world. Immutable. */
record Watch<H>(SystemModel.Observed<H> observed, H remembered) {
    static <H> Watch<H> begin(SystemModel.Observed<H> observed) {
        return new Watch<>(observed, observed.history().initial());
    }

    Watch<H> after(Action action, List<Step.Send> sends) {
        return new Watch<>(observed, observed.history().after(remembered, action, sends));
    }

    void write(StateWriter out) {
        observed.history().write(remembered, out);
    }

    String describe() {
        return observed.history().describe(remembered);
    }

    List<String> violated() {
        List<String> violated = new ArrayList<>();
        observed.properties().forEach((name, holds) -> {
            if (!holds.test(remembered)) {
                violated.add(name);
            }
        });
        return violated;
    }
}
