package dev.foresail.predictor.explore;

import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.model.InitialWorld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The timings that were met, and what came of them. Thread-safe. */
final class Timings {
    private final TimeRules rules;
    private final Map<Content, Timing> known = new HashMap<>();
    private final List<Timing> byId = new ArrayList<>();
    private final Map<MoveFrom, Optional<Timing>> steps = new HashMap<>();
    private final StateWriter writer = new StateWriter();
    private final Timing empty;

    Timings(TimeRules rules) {
        this.rules = rules;
        this.empty = intern(Timing.Body.EMPTY);
    }

    /** Nothing is pending. */
    Timing empty() {
        return empty;
    }

    synchronized Timing initial(InitialWorld<Object> world) {
        return intern(rules.initial(world));
    }

    synchronized Timing get(int id) {
        return byId.get(id);
    }

    /** Whether {@code move} can be the next event. */
    boolean isTimely(Timing timing, int slot, Move move) {
        return rules.isTimely(timing.body(), slot, move);
    }

    /** The timing after {@code move}, which has not thrown; empty when it cannot be the next event. */
    synchronized Optional<Timing> after(Timing before, int slot, Move move) {
        MoveFrom step = MoveFrom.of(before.id(), slot, move);
        Optional<Timing> after = steps.get(step);
        if (after == null) {
            after = rules.after(before.body(), slot, move).map(this::intern);
            steps.put(step, after);
        }
        return after;
    }

    private Timing intern(Timing.Body body) {
        writer.reset();
        body.write(writer);
        Content content = Content.of(writer);
        Timing timing = known.get(content);
        if (timing == null) {
            timing = new Timing(byId.size(), body, content);
            known.put(content, timing);
            byId.add(timing);
        }
        return timing;
    }
}
