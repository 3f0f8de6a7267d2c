package dev.foresail.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void isTheListOfItsCountsWithoutTrailingZeros() {
        Histogram histogram = new Histogram(new ArrayList<>(List.of(1, 2, 0, 3, 0, 0)));
        assertEquals(List.of(1, 2, 0, 3), histogram.counts());
        assertEquals(histogram.counts(), List.of(1, 2, 0, 3));
        assertEquals(new Histogram(List.of(1, 2, 0, 3)), histogram);
        assertEquals(new Histogram(List.of(1, 2, 0, 3)).hashCode(), histogram.hashCode());
        assertEquals("Histogram[counts=[1, 2, 0, 3]]", histogram.toString());
        assertEquals(4, histogram.levels());
        assertEquals(0, histogram.count(5));
        assertEquals(6, histogram.total());
        assertEquals((1 + 2 * 2 + 4 * 3) / 6.0, histogram.mean());
    }

    @Test
    void nobodyCanChangeIt() {
        List<Integer> counts = new ArrayList<>(List.of(1, 2));
        Histogram histogram = new Histogram(counts);
        counts.set(0, 9);
        assertEquals(List.of(1, 2), histogram.counts());
        assertThrows(
                UnsupportedOperationException.class, () -> histogram.counts().set(0, 9));
        assertThrows(IllegalArgumentException.class, () -> new Histogram(List.of(1, -1)));
    }

    @Test
    void sumsMeetLevelByLevel() {
        Histogram tree = Histogram.ofBalancedTree(5, 2);
        assertEquals(List.of(1, 2, 2), tree.counts());
        assertEquals(
                List.of(1, 3, 3, 1),
                tree.plus(new Histogram(List.of(0, 1, 1, 1))).counts());
        assertEquals(
                List.of(1, 2, 2, 0, 1), tree.plusShifted(Histogram.one(), 4).counts());
        assertEquals(List.of(0, 0, 1, 2, 2), tree.shifted(2).counts());
        assertEquals(tree, tree.plusShifted(Histogram.EMPTY, 3));
        assertEquals(List.of(), Histogram.ofBalancedTree(0, 2).counts());
        assertEquals(Histogram.one(), Histogram.ofBalancedTree(1, 2));
        assertEquals(3, tree.plus(tree).firstLevelWithRoom(2), "level 2 holds 4, level 1 holds 2");
    }
}
