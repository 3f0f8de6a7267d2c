package dev.foresail.predictor.reference;

import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.node.Step;
import java.util.ArrayList;
import java.util.List;

/** A history that goes on: what is remembered in one world. Immutable. */
record HistoryWatch<H>(SystemModel.Observed<H> observed, H remembered) {
    static <H> HistoryWatch<H> begin(SystemModel.Observed<H> observed) {
        return new HistoryWatch<>(observed, observed.history().initial());
    }

    HistoryWatch<H> after(Action action, List<Step.Send> sends) {
        return new HistoryWatch<>(observed, observed.history().after(remembered, action, sends));
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
