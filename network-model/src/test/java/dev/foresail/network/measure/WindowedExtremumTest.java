package dev.foresail.network.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowedExtremumTest {
    @Test
    void thereIsNoneBeforeTheFirstValueAndAfterTheWindow() {
        WindowedExtremum smallest = WindowedExtremum.Kind.smallest(10).empty();
        assertTrue(Double.isNaN(smallest.at(0)));
        smallest.observe(5, 0);
        assertEquals(5, smallest.at(10));
        assertTrue(Double.isNaN(smallest.at(11)));
    }

    @Test
    void theNextBestFollowsWhenTheBestHasLeft() {
        WindowedExtremum largest = WindowedExtremum.Kind.largest(10).empty();
        largest.observe(9, 0);
        largest.observe(7, 4);
        largest.observe(6, 8);
        assertEquals(9, largest.at(8));
        largest.observe(5, 11);
        assertEquals(7, largest.at(11));
        largest.observe(1, 15);
        assertEquals(6, largest.at(15));
    }

    /** The filter is an approximation with one promise: never better than the true one, and always a value of the window. */
    @Test
    void itIsAValueOfTheWindowAndExactWhileTheBestIsYoung() {
        RandomStream random = RandomStream.of(3, "extremum");
        for (int run = 0; run < 200; run++) {
            WindowedExtremum smallest = WindowedExtremum.Kind.smallest(20).empty();
            List<double[]> all = new ArrayList<>();
            long now = 0;
            for (int step = 0; step < 100; step++) {
                now += random.nextInt(6);
                double value = random.nextInt(50);
                smallest.observe(value, now);
                all.add(new double[] {now, value});
                long at = now;
                double[] window = all.stream()
                        .filter(entry -> at - entry[0] <= 20)
                        .mapToDouble(entry -> entry[1])
                        .toArray();
                double found = smallest.at(now);
                double least = java.util.Arrays.stream(window).min().orElseThrow();
                assertTrue(found >= least);
                assertTrue(java.util.Arrays.stream(window).anyMatch(entry -> entry == found));
                assertTrue(found <= value, "never worse than what has just come");
            }
        }
    }
}
