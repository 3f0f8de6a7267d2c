package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.predictor.fixture.SwitchesMachine;
import dev.foresail.predictor.model.SystemModel;
import org.junit.jupiter.api.Test;

final class RowNotesTest {
    @Test
    void eachNoteKeepsItsValueBesideTheOthers() {
        for (int nodes : new int[] {2, 32, 33, 64}) {
            for (boolean wide : new boolean[] {false, true}) {
                WorldSpace space = new WorldSpace(
                        SystemModel.of(new SwitchesMachine()).nodes(nodes).build());
                RowNotes notes = new RowNotes(space, wide);
                int[] rows = new int[2 * notes.end()];
                int base = notes.end();
                long sleep = -1L >>> Long.SIZE - nodes;
                notes.fingerprint(rows, base, 0x8000_0000_9000_0001L);
                if (wide) {
                    notes.secondFingerprint(rows, base, 0x1234_5678_FFFF_FFFFL);
                }
                notes.possible(rows, base, RowNotes.UNKNOWN);
                notes.sleepSet(rows, base, sleep);
                assertEquals(0x8000_0000_9000_0001L, notes.fingerprint(rows, base));
                if (wide) {
                    assertEquals(0x1234_5678_FFFF_FFFFL, notes.secondFingerprint(rows, base));
                }
                assertEquals(RowNotes.UNKNOWN, notes.possible(rows, base));
                assertEquals(sleep, notes.sleepSet(rows, base));
                for (int place = 0; place < base + space.width(); place++) {
                    assertEquals(0, rows[place], "what stands before the notes is left alone");
                }
            }
        }
    }
}
