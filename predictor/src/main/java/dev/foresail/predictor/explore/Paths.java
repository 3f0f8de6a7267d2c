package dev.foresail.predictor.explore;

import dev.foresail.predictor.guardrail.ThrownText;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.Violation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Finds the way to a world again. Not thread-safe. */
final class Paths {
    private final WorldSpace space;
    private final Ancestry ancestry;
    private final List<Beginnings.World> initial;

    /** @param initial the worlds with the first numbers */
    Paths(WorldSpace space, Ancestry ancestry, List<Beginnings.World> initial) {
        this.space = space;
        this.ancestry = ancestry;
        this.initial = initial;
    }

    Violation violation(String property, long world) {
        Path path = path(world);
        return new Violation(property, false, path.initial, path.actions, "");
    }

    /** The handler that {@code move} ran threw in the world with that number. */
    Violation thrown(long world, int slot, Move move) {
        Path path = path(world);
        path.actions.add(space.action(slot, move));
        return new Violation(
                SystemModel.HANDLER_THREW,
                false,
                path.initial,
                path.actions,
                ThrownText.of(move.outcome.thrown().orElseThrow()));
    }

    /** A handler threw before the first world was there. */
    static Violation thrownAtStart(RuntimeException thrown) {
        return new Violation(
                SystemModel.HANDLER_THREW, false, 0, List.of(), "at the beginning, " + ThrownText.of(thrown));
    }

    private record Path(int initial, List<Action> actions) {}

    private Path path(long world) {
        Deque<Integer> steps = new ArrayDeque<>();
        long at = world;
        while (at >= initial.size()) {
            steps.push(ancestry.step(at));
            at = ancestry.before(at);
        }
        Beginnings.World beginning = initial.get((int) at);
        int[] row = beginning.row();
        List<Action> actions = new ArrayList<>();
        for (int step : steps) {
            int slot = Ancestry.slot(step);
            Move move = space.moves(space.cell(slot, row[slot]))[Ancestry.move(step)];
            actions.add(space.action(slot, move));
            int[] after = new int[row.length];
            space.apply(row, 0, slot, move, after, 0);
            row = after;
        }
        return new Path(beginning.number(), actions);
    }
}
