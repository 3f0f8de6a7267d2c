package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RowsTest {
    private static final int WIDTH = 3;
    private static final long CHUNK = 1024;

    private final Rows.Pool pool = new Rows.Pool(WIDTH);

    private Rows filled(long count) {
        Rows rows = new Rows(WIDTH, pool);
        rows.extend(count);
        for (long row = 0; row < count; row++) {
            for (int column = 0; column < WIDTH; column++) {
                rows.chunk(row)[rows.base(row) + column] = (int) row * WIDTH + column;
            }
        }
        return rows;
    }

    private static void assertFilled(Rows rows, long from, long end) {
        for (long row = from; row < end; row++) {
            for (int column = 0; column < WIDTH; column++) {
                assertEquals((int) row * WIDTH + column, rows.chunk(row)[rows.base(row) + column]);
            }
        }
    }

    @Test
    void rowsStayAsTheyAreWhenMoreComeAndEarlierOnesGo() {
        Rows rows = filled(2 * CHUNK + 10);
        rows.extend(5 * CHUNK);
        assertEquals(7 * CHUNK + 10, rows.size());
        assertFilled(rows, 0, 2 * CHUNK + 10);
        rows.releaseBefore(CHUNK + 1);
        assertFilled(rows, CHUNK, 2 * CHUNK + 10);
        long gone = CHUNK - 1;
        assertThrows(ArrayIndexOutOfBoundsException.class, () -> rows.chunk(gone)[rows.base(gone)]++);
    }

    @Test
    void aChunkThatIsNotWhollyReleasedIsKept() {
        Rows rows = filled(CHUNK);
        rows.releaseBefore(CHUNK - 1);
        assertFilled(rows, 0, CHUNK);
    }

    @Test
    void releasedChunksAreUsedAgainEachByOne() {
        Rows first = filled(3 * CHUNK);
        Set<int[]> chunks = Collections.newSetFromMap(new IdentityHashMap<>());
        for (long chunk = 0; chunk < 3; chunk++) {
            chunks.add(first.chunk(chunk * CHUNK));
        }
        first.releaseBefore(CHUNK);
        first.releaseBefore(2 * CHUNK);
        first.releaseAll();
        assertEquals(0, first.size());
        Rows second = filled(3 * CHUNK);
        for (long chunk = 0; chunk < 3; chunk++) {
            assertTrue(chunks.remove(second.chunk(chunk * CHUNK)), "of the first, and met once");
        }
        first.extend(1);
        first.chunk(0)[0] = -1;
        assertFilled(second, 0, 3 * CHUNK);
    }
}
