package dev.foresail.predictor.explore;

import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.History;
import dev.foresail.predictor.node.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The values of the history that were met. Thread-safe. */
final class Histories {
    private final History<Object> history;
    private final List<Predicate<Object>> properties;
    private final int firstProperty;
    private final Map<Content, Remembered> known = new HashMap<>();
    private final List<Remembered> byId = new ArrayList<>();
    private final Map<MoveFrom, Remembered> steps = new HashMap<>();
    private final StateWriter writer = new StateWriter();

    /**
     * @param properties in order
     * @param firstProperty the place of the first among all properties of the model
     */
    Histories(History<Object> history, List<Predicate<Object>> properties, int firstProperty) {
        this.history = history;
        this.properties = List.copyOf(properties);
        this.firstProperty = firstProperty;
    }

    synchronized Remembered initial() {
        return intern(history.initial());
    }

    synchronized Remembered get(int id) {
        return byId.get(id);
    }

    synchronized Remembered after(Remembered before, int slot, Move move, Supplier<Action> action) {
        MoveFrom step = MoveFrom.of(before.id(), slot, move);
        Remembered after = steps.get(step);
        if (after == null) {
            List<Step.Send> sends = move.outcome.sends();
            after = intern(history.after(before.value(), action.get(), sends));
            steps.put(step, after);
        }
        return after;
    }

    private Remembered intern(Object value) {
        writer.reset();
        history.write(value, writer);
        Content content = Content.of(writer);
        Remembered remembered = known.get(content);
        if (remembered == null) {
            long violated = 0;
            for (int index = 0; index < properties.size(); index++) {
                violated |= properties.get(index).test(value) ? 0 : 1L << firstProperty + index;
            }
            remembered = new Remembered(byId.size(), value, content, violated);
            known.put(content, remembered);
            byId.add(remembered);
        }
        return remembered;
    }
}
