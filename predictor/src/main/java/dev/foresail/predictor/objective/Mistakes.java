package dev.foresail.predictor.objective;

import dev.foresail.predictor.objective.language.Expression;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a goal, so that all of it is said at once. */
final class Mistakes {
    static final String UNITS = "FS455";
    static final String MISUSE = "FS456";
    static final String NAME = "FS457";
    static final String METRIC = "FS220";
    static final String TIME = "FS458";

    private final List<Mistake> found = new ArrayList<>();

    void add(Expression at, String code, String text) {
        found.add(new Mistake(code, at.at() + 1, text));
    }

    void add(String code, String text) {
        found.add(new Mistake(code, 1, text));
    }

    List<Mistake> all() {
        return List.copyOf(found);
    }
}
