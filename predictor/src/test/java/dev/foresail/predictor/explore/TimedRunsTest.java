package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Automaton;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.property.Choices;
import dev.foresail.predictor.property.Property;
import dev.foresail.predictor.reference.RandomModels;
import dev.foresail.predictor.reference.ReferenceWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever happens when everything has an exact time within its bounds, pruning by these bounds does not leave out. */
final class TimedRunsTest {
    private static final int MOST_STEPS = 30;

    private int steps;
    private int leftOut;

    @Test
    void everyTimedRunIsExplored() {
        Property.check(21, 2_000, this::runAndFollow);
        assertTrue(steps > 10_000, () -> "steps: " + steps);
        assertTrue(leftOut > 1_000, () -> "of the moves at these steps were left out: " + leftOut);
    }

    private void runAndFollow(Choices choices) {
        SystemModel<Automaton> model = RandomModels.drawTimed(choices);
        WorldSpace space = new WorldSpace(model);
        List<Beginnings.World> beginnings = space.beginnings().worlds();
        if (beginnings.isEmpty()) {
            return;
        }
        Beginnings.World beginning = choices.oneOf(beginnings);
        int[] row = beginning.row();
        TimedRun run = new TimedRun(model, ReferenceWorld.initial(model).get(beginning.number()), choices);
        armAtFirst(run, model, space.timing(row, 0));
        List<Action> path = new ArrayList<>();
        while (path.size() < MOST_STEPS && run.world().isWithinConstraints()) {
            Optional<ReferenceWorld.Transition<Automaton>> next = run.step();
            if (next.isEmpty()) {
                return;
            }
            Action action = next.get().action();
            path.add(action);
            steps++;
            leftOut += leftOut(space, row);
            if (next.get().taken().thrown().isPresent()) {
                assertTrue(space.mayThrow(row, action), () -> "left out: " + path);
                return;
            }
            row = space.after(row, action).orElseThrow(() -> new AssertionError("left out: " + path));
            assertEquals(inFlight(space.timing(row, 0)), run.inFlight());
        }
    }

    private static void armAtFirst(TimedRun run, SystemModel<Automaton> model, Timing timing) {
        long unit = model.latencies().orElseThrow().unitNanos();
        List<NodeId> nodes = List.copyOf(model.nodes().keySet());
        timing.body()
                .timers()
                .forEach((timer, span) -> run.arm(
                        nodes.get(timer / Long.SIZE),
                        model.machine().timers().get(timer % Long.SIZE),
                        span.earliest() * unit,
                        span.latest() == Span.NEVER ? TimedRun.NEVER : span.latest() * unit));
    }

    private static int inFlight(Timing timing) {
        return timing.body().flights().values().stream().mapToInt(List::size).sum();
    }

    private static int leftOut(WorldSpace space, int[] row) {
        int count = 0;
        for (int slot = 0; slot < space.nodes(); slot++) {
            for (Move move : space.moves(space.cell(slot, row[slot]))) {
                count += space.allows(row, 0, slot, move) ? 0 : 1;
            }
        }
        return count;
    }
}
