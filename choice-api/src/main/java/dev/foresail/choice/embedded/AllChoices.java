package dev.foresail.choice.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Enumerates every combination of alternatives: run a scenario from its beginning, then {@link #advance}, and again
 * while it says so. The scenario must be deterministic but for its choices.
 *
 * <p>A counter whose digits are the choices in their order: re-running with the last digit incremented visits the tree of
 * choices depth first and needs no memory of what was visited (TigerBeetle's exhaustigen).
 */
public final class AllChoices implements Choices {
    private static final int MOST_DRAWS = 64;

    private final List<Integer> taken = new ArrayList<>();
    private final List<Integer> bounds = new ArrayList<>();
    private int position;

    AllChoices() {}

    @Override
    public int choose(String point, List<Object> alternatives) {
        return next(point, alternatives.size());
    }

    @Override
    public OptionalInt draw(int bound) {
        return bound > MOST_DRAWS ? OptionalInt.empty() : OptionalInt.of(next("random", bound));
    }

    private int next(String point, int bound) {
        if (position == taken.size()) {
            taken.add(0);
            bounds.add(bound);
        }
        if (bounds.get(position) != bound) {
            throw new IllegalStateException("the scenario is not deterministic: '" + point + "' had "
                    + bounds.get(position) + " alternatives before, now " + bound);
        }
        return taken.get(position++);
    }

    /** Moves on to the next combination; false when all were run. */
    public boolean advance() {
        position = 0;
        while (!taken.isEmpty()) {
            int last = taken.size() - 1;
            if (taken.get(last) + 1 < bounds.get(last)) {
                taken.set(last, taken.get(last) + 1);
                return true;
            }
            taken.remove(last);
            bounds.remove(last);
        }
        return false;
    }
}
