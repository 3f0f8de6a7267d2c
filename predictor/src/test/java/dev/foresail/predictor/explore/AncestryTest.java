package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foresail.choice.ProtocolException;
import org.junit.jupiter.api.Test;

final class AncestryTest {
    @Test
    void everyWorldRemembersWhereItComesFrom() {
        Ancestry ancestry = new Ancestry();
        ancestry.extend(40_000);
        for (int world = 0; world < 40_000; world++) {
            ancestry.set(world, world / 2, Ancestry.step(world % 64, world));
        }
        ancestry.extend(100_000);
        for (int world = 0; world < 40_000; world++) {
            assertEquals(world / 2, ancestry.before(world));
            assertEquals(world % 64, Ancestry.slot(ancestry.step(world)));
            assertEquals(world, Ancestry.move(ancestry.step(world)));
        }
    }

    @Test
    void theLargestNumbersFit() {
        Ancestry ancestry = new Ancestry();
        ancestry.extend(1);
        long last = (1L << 32) - 1;
        ancestry.set(0, last, Ancestry.step(63, Ancestry.MOST_MOVES - 1));
        assertEquals(last, ancestry.before(0));
        assertEquals(63, Ancestry.slot(ancestry.step(0)));
        assertEquals(Ancestry.MOST_MOVES - 1, Ancestry.move(ancestry.step(0)));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Ancestry ancestry = new Ancestry();
        ancestry.extend(1);
        int step = Ancestry.step(0, 0);
        assertThrows(IllegalArgumentException.class, () -> ancestry.set(0, Ancestry.MOST_WORLDS, step));
        ProtocolException tooMany = assertThrows(ProtocolException.class, () -> Ancestry.step(0, Ancestry.MOST_MOVES));
        assertEquals("FS109", tooMany.code());
    }
}
