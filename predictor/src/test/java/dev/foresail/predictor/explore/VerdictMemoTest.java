package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.Switches;
import dev.foresail.predictor.fixture.SwitchesMachine;
import dev.foresail.predictor.fixture.TwoPhase;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.SystemModel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class VerdictMemoTest {
    private static final NodeId TWO = NodeId.of(2);

    private final WorldSpace space = space();
    private final int[] bothOff = space.beginnings().worlds().get(0).row();
    private final int[] oneOn = after(bothOff, 1);
    private final int[] twoOn = after(bothOff, 2);
    private final int[] bothOn = after(oneOn, 2);
    private int asked;
    private final WorldSpace phases = new WorldSpace(TwoPhase.model(4));

    private static WorldSpace space() {
        return new WorldSpace(SystemModel.of(new SwitchesMachine())
                .nodes(2)
                .offer(NodeId.of(1), "toggle")
                .offer(TWO, "toggle")
                .failures(Failures.NONE.withCrashes(1, TWO))
                .build());
    }

    private int[] after(int[] row, int node) {
        Action toggle = new Action.Handle(NodeId.of(node), new Event.Call("toggle", List.of()), List.of());
        return space.after(row, toggle).orElseThrow();
    }

    /** Looks at the second node only when the first is on. */
    private long areBothOn(WatchedView view) {
        asked++;
        return isOn(view, 1) && isOn(view, 2) ? 1 : 0;
    }

    private static boolean isOn(WatchedView view, int node) {
        return view.isKnown(NodeId.of(node)) && ((Switches) view.state(NodeId.of(node))).isOn();
    }

    @Test
    void whatWasReadTellsWhichWorldsHaveTheSameAnswer() {
        VerdictMemo memo = new VerdictMemo(space, this::areBothOn, false);
        assertTrue(memo.dependsOn(1), "nothing is known yet");
        assertEquals(0, memo.answer(bothOff, 0));
        assertEquals(0, memo.answer(twoOn, 0));
        assertEquals(1, asked, "the second node was not looked at");
        assertFalse(memo.dependsOn(1));
        assertEquals(0, memo.answer(oneOn, 0));
        assertEquals(1, memo.answer(bothOn, 0));
        assertEquals(3, asked);
        assertTrue(memo.dependsOn(1));
        for (int[] world : new int[][] {bothOff, twoOn, oneOn}) {
            assertEquals(0, memo.answer(world, 0));
        }
        assertEquals(1, memo.answer(bothOn, 0));
        assertEquals(3, asked);
    }

    @Test
    void whetherANodeIsUpMattersEvenIfItIsNotRead() {
        VerdictMemo memo = new VerdictMemo(
                space,
                view -> {
                    asked++;
                    return view.nodes().size();
                },
                false);
        assertEquals(2, memo.answer(bothOff, 0));
        assertEquals(2, memo.answer(bothOn, 0));
        assertEquals(1, asked);
        int[] down = space.after(bothOff, new Action.Crash(TWO)).orElseThrow();
        assertEquals(1, memo.answer(down, 0));
    }

    @Test
    void whatOthersHaveReadMattersHereToo() {
        VerdictMemo memo = new VerdictMemo(space, this::areBothOn, false);
        assertEquals(0, memo.answer(bothOff, 0));
        memo.othersRead(2);
        assertTrue(memo.dependsOn(1));
        assertEquals(3, memo.everRead());
    }

    private long violated(WatchedView view) {
        asked++;
        return phases.questions().violatedTogether(view, new Untold());
    }

    /** More answers than a table has room for at first. */
    @Test
    void noAnswerIsForgotten() {
        for (boolean wide : new boolean[] {false, true}) {
            asked = 0;
            int once = askTwice(new VerdictMemo(phases, this::violated, wide), 0);
            assertTrue(once > 128, once + " questions");
            assertEquals(once, asked);
        }
    }

    @Test
    void whatIsFullRemembersNoMoreAndAnswersAllTheSame() {
        int once = askTwice(new VerdictMemo(phases, view -> violated(view) + 7, false, 256), 7);
        assertTrue(asked > once, "some are forgotten");
        assertTrue(asked < 2 * once, "some are not");
    }

    /** Asks for every world, then for every world again; how many questions it took at first. */
    private int askTwice(VerdictMemo memo, long expected) {
        Set<List<Integer>> met = new LinkedHashSet<>();
        Deque<int[]> left = new ArrayDeque<>();
        left.add(phases.beginnings().worlds().get(0).row());
        while (!left.isEmpty()) {
            int[] row = left.remove();
            if (met.add(Arrays.stream(row).boxed().toList())) {
                memo.answer(row, 0);
                for (int slot = 0; slot < phases.nodes(); slot++) {
                    for (Move move : phases.moves(phases.cell(slot, row[slot]))) {
                        int[] next = new int[row.length];
                        phases.apply(row, 0, slot, move, next, 0);
                        left.add(next);
                    }
                }
            }
        }
        int once = asked;
        for (List<Integer> row : met) {
            int[] asInts = row.stream().mapToInt(Integer::intValue).toArray();
            assertEquals(expected, memo.answer(asInts, 0));
        }
        return once;
    }
}
