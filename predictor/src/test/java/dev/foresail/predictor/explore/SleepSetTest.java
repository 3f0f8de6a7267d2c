package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.fixture.TwoPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** With the moves of two-phase commit: n0 is the manager, n1 to n3 send to it, and it sends to all. */
final class SleepSetTest {
    private final WorldSpace space = new WorldSpace(TwoPhase.model(3));

    private List<Move> movesOf(int slot) {
        int[] row = space.beginnings().worlds().get(0).row();
        return List.of(space.moves(space.cell(slot, row[slot])));
    }

    private Move moveOf(int slot, Predicate<Move> kind) {
        return movesOf(slot).stream().filter(kind).findFirst().orElseThrow();
    }

    @Test
    void lowerSlotsSleepButThoseThatTheMoveConcerns() {
        Move alone = moveOf(3, move -> move.effects.length == 0);
        assertEquals(0b1111, SleepSet.after(3, alone));
        assertEquals(3, SleepSet.last(SleepSet.after(3, alone)));
        assertEquals(0b0111, SleepSet.sleeping(SleepSet.after(3, alone)));
        Move told = moveOf(3, move -> move.effects.length == 1);
        assertEquals(0b0110, SleepSet.sleeping(SleepSet.after(3, told)));
        Move lowest = moveOf(0, move -> move.effects.length == 3);
        assertEquals(0, SleepSet.sleeping(SleepSet.after(0, lowest)));
    }

    @Test
    void theHighestSlotOfAllHasItsBit() {
        Move alone = moveOf(3, move -> move.effects.length == 0);
        long set = SleepSet.after(63, alone);
        assertEquals(63, SleepSet.last(set));
        assertEquals(-1L >>> 1, SleepSet.sleeping(set));
    }

    @Test
    void aMoveThatConcernsTheLastOneIsAwake() {
        Move told = moveOf(2, move -> move.effects.length == 1);
        assertTrue(SleepSet.sleeps(told, 3));
        assertFalse(SleepSet.sleeps(told, 0));
        assertEquals(1, SleepSet.restless(new Move[] {told}));
        assertEquals(0b1110, SleepSet.restless(movesOf(0).toArray(Move.NO_MOVES)));
    }

    @Test
    void failuresNeverSleepAndNothingSleepsAfterThem() {
        Move alone = moveOf(3, move -> move.effects.length == 0);
        Cell cell = space.cell(3, 0);
        Move crash = new Move(Move.Kind.CRASH, 0, alone.outcome, cell, alone.target, Move.NO_EFFECTS);
        assertEquals(SleepSet.NONE, SleepSet.after(3, crash));
        List<Move> moves = new ArrayList<>(movesOf(3));
        moves.add(crash);
        assertEquals(-1L, SleepSet.restless(moves.toArray(Move.NO_MOVES)));
    }
}
