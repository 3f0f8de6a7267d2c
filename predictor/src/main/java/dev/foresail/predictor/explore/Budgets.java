package dev.foresail.predictor.explore;

import dev.foresail.predictor.model.Failures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All the ways in which failures may be left. There are few, and failures are rare among moves. Thread-safe. */
final class Budgets {
    private final Map<Content, Budget> known = new HashMap<>();
    private final List<Budget> byId = new ArrayList<>();
    private final Map<Step, Optional<Budget>> steps = new HashMap<>();

    private record Step(int budget, Move.Kind kind) {}

    synchronized Budget initial(Failures failures) {
        return intern(Budget.of(failures));
    }

    private Budget intern(Map<Failures.Kind, Integer> left) {
        Content content = Budget.content(left);
        Budget budget = known.get(content);
        if (budget == null) {
            budget = new Budget(byId.size(), left, content);
            known.put(content, budget);
            byId.add(budget);
        }
        return budget;
    }

    synchronized Budget get(int id) {
        return byId.get(id);
    }

    /** What is left after a move; empty when there is not enough. */
    synchronized Optional<Budget> after(Budget budget, Move.Kind kind) {
        return steps.computeIfAbsent(
                new Step(budget.id(), kind), step -> budget.after(kind).map(this::intern));
    }
}
