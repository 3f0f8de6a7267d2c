package dev.foresail.predictor.explore;

import static dev.foresail.predictor.explore.Messages.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.fixture.TwoPhase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MoveTableTest {
    private final WorldSpace space = new WorldSpace(TwoPhase.model(3));
    private final int[] row = space.beginnings().worlds().get(0).row();

    private MoveTable table(int slot, boolean simple) {
        Cell cell = space.cell(slot, row[slot]);
        return new MoveTable(space.cells(slot), cell, space.moves(cell), move -> true, simple, true);
    }

    @Test
    void eachMoveIsCountedOnceWhereverItStands() {
        for (int slot = 0; slot < 4; slot++) {
            int moves = space.moves(space.cell(slot, row[slot])).length;
            MoveTable simple = table(slot, true);
            assertEquals(moves, simple.always + simple.conditional.length);
            assertEquals(0, simple.conditional.length);
            assertEquals(moves, simple.plain.length / 3 + simple.sending.length);
            MoveTable whole = table(slot, false);
            assertEquals(0, whole.always);
            assertEquals(moves, whole.conditional.length);
        }
    }

    @Test
    void whatAPlainMoveAddsLeadsToTheFingerprintOfTheWorldAfterIt() {
        MoveTable table = table(2, true);
        assertTrue(table.plain.length > 0);
        int[] after = new int[space.width()];
        for (int place = 0; place < table.plain.length; place += 3) {
            int step = (int) table.plain[place + 1];
            Move move = space.moves(space.cell(2, row[2]))[Ancestry.move(step)];
            assertTrue(space.apply(row, 0, 2, move, after, 0));
            assertEquals(space.fingerprint(after, 0), space.fingerprint(row, 0) + table.plain[place]);
            assertEquals(space.secondFingerprint(after, 0), space.secondFingerprint(row, 0) + table.plain[place + 2]);
        }
    }

    @Test
    void manyEffectsAreRemembered() {
        MoveTable table = table(0, true);
        Cell cell = space.cell(0, row[0]);
        List<Effect> effects = new ArrayList<>();
        for (int number = 0; number < 100; number++) {
            Message message = message(number, "1" + (char) ('a' + number));
            effects.add(new Effect(number * 7, Effect.Kind.ARRIVAL, 0, 1, List.of(message)));
        }
        for (int round = 0; round < 2; round++) {
            for (Effect effect : effects) {
                Cell after = space.cells(0).after(cell, effect);
                assertEquals(after.share - cell.share, table.added(effect));
                assertEquals(after.secondShare - cell.secondShare, table.secondAdded(effect));
            }
        }
    }

    @Test
    void aSlotSleepsWholeOnlyAfterMovesThatItsOwnDoNotConcern() {
        MoveTable manager = table(0, true);
        assertFalse(manager.allSleep(2));
        MoveTable resource = table(1, true);
        assertTrue(resource.allSleep(2));
        assertFalse(resource.allSleep(0));
        assertFalse(table(1, false).allSleep(0));
    }
}
