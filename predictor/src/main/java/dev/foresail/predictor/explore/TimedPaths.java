package dev.foresail.predictor.explore;

import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says of paths that are possible whatever the time whether the model's bounds on time let them be. Not thread-safe; what
 * it has learnt of local transitions serves later paths too.
 */
public final class TimedPaths {
    private final Optional<WorldSpace> space;
    private final List<Beginnings.World> initial;

    /** In a model without bounds on time every path is let be, and nothing is computed. */
    public TimedPaths(SystemModel<?> model) {
        this.space = model.latencies().map(bounds -> new WorldSpace(model));
        this.initial = space.map(some -> some.beginnings().worlds()).orElse(List.of());
    }

    /** @param initialWorld the number of the world in which the path begins; a handler may throw at the last action */
    public boolean areTimely(int initialWorld, List<Action> actions) {
        return space.isEmpty() || areTimely(space.get(), initialWorld, actions);
    }

    private boolean areTimely(WorldSpace worlds, int initialWorld, List<Action> actions) {
        List<int[]> rows = new ArrayList<>();
        initial.stream().filter(world -> world.number() == initialWorld).forEach(world -> rows.add(world.row()));
        for (int index = 0; index < actions.size(); index++) {
            Action action = actions.get(index);
            List<int[]> before = List.copyOf(rows);
            rows.clear();
            before.forEach(row -> worlds.after(row, action).ifPresent(rows::add));
            if (rows.isEmpty()) {
                return index == actions.size() - 1 && before.stream().anyMatch(row -> worlds.mayThrow(row, action));
            }
        }
        return !rows.isEmpty();
    }
}
