package dev.foresail.choice.sketch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuantilesTest {
    private static Quantiles of(long... values) {
        Quantiles quantiles = Quantiles.EMPTY;
        for (long value : values) {
            quantiles = quantiles.with(value);
        }
        return quantiles;
    }

    @Test
    void smallValuesAreKeptAsTheyAre() {
        Quantiles some = of(3, 0, 31, 3, 7);
        assertEquals(List.of(0L, 1L, 3L, 2L, 7L, 1L, 31L, 1L), some.entries());
        assertEquals(5, some.total());
        assertEquals(44 / 5.0, some.mean());
        assertEquals(0, some.quantile(0));
        assertEquals(3, some.quantile(0.5));
        assertEquals(7, some.quantile(0.8));
        assertEquals(31, some.quantile(1));
        assertEquals(0.2, some.shareAbove(7), 1e-12, "what is kept as it is counts whole or not at all");
        assertEquals(0, of(7).shareAbove(7));
        assertEquals(1, of(7).shareAbove(6));
        assertEquals(0.5, of(1_000).shareAbove(1_000), "somewhere within 1/32");
        assertEquals(1, some.shareAbove(-1));
    }

    @Test
    void greatOnesAreKeptWithinAThirtySecond() {
        for (long value = 1; value > 0; value = value * 3 / 2 + 1) {
            long told = Quantiles.of(value).quantile(0.5);
            assertTrue(Math.abs(told - (double) value) <= value / 32.0, value + " became " + told);
        }
        long most = Quantiles.of(Long.MAX_VALUE).entries().get(0);
        assertEquals(Quantiles.MOST_BUCKETS - 1, most);
    }

    @Test
    void aSumIsTheSameInAnyOrder() {
        Quantiles one = of(5, 100, 1_000);
        Quantiles two = of(5, 200);
        Quantiles three = of(1_000_000_007);
        assertEquals(one.plus(two).plus(three), three.plus(two.plus(one)));
        assertEquals(of(5, 100, 1_000, 5, 200, 1_000_000_007), one.plus(two).plus(three));
        assertEquals(one, one.plus(Quantiles.EMPTY));
        assertEquals(one, Quantiles.EMPTY.plus(one));
        assertEquals(0, Quantiles.EMPTY.mean());
        assertEquals(0, Quantiles.EMPTY.quantile(0.5));
    }

    @Test
    void drawsHaveTheSpreadOfTheValues() {
        Quantiles some = of(10, 10, 10, 1_000_000);
        SplittableRandom random = new SplittableRandom(7);
        int great = 0;
        for (int draw = 0; draw < 4_000; draw++) {
            long value = some.draw(random::nextInt);
            assertTrue(value == 10 || Math.abs(value - 1_000_000) <= 1_000_000 / 16, () -> "drew " + value);
            great += value > 10 ? 1 : 0;
        }
        assertEquals(1_000, great, 120);
        assertThrows(IllegalStateException.class, () -> Quantiles.EMPTY.draw(random::nextInt));
    }

    @Test
    void countsStayAtTheirBound() {
        long most = Quantiles.MOST_IN_BUCKET;
        Quantiles some = new Quantiles(List.of(0L, most, 20L, most));
        assertEquals(some, some.plus(some));
        assertEquals(some.plus(of(0)), of(0).plus(some));
        assertEquals(2 * most, some.plus(some).total());
        assertEquals(10, some.mean(), 1e-9);
        assertThrows(IllegalArgumentException.class, () -> new Quantiles(List.of(0L, most + 1)));
        List<Long> all = new ArrayList<>();
        for (long bucket = 0; bucket < Quantiles.MOST_BUCKETS; bucket++) {
            all.addAll(List.of(bucket, most));
        }
        assertEquals(Quantiles.MOST_BUCKETS * most, new Quantiles(all).total());
        assertEquals(31, new Quantiles(all.subList(0, 64)).quantile(1));
    }

    @Test
    void drawsReachEveryRankOfVeryMany() {
        Quantiles some = new Quantiles(List.of(1L, 1L << 50, 2L, 1L << 50));
        SplittableRandom random = new SplittableRandom(7);
        int great = 0;
        for (int draw = 0; draw < 1_000; draw++) {
            great += some.draw(random::nextInt) == 2 ? 1 : 0;
        }
        assertEquals(500, great, 60);
    }

    @Test
    void whatIsNoneIsRefusedAndNobodyCanChangeOne() {
        assertThrows(IllegalArgumentException.class, () -> Quantiles.of(-1));
        assertThrows(IllegalArgumentException.class, () -> of(1).quantile(1.5));
        assertThrows(IllegalArgumentException.class, () -> new Quantiles(List.of(1L)));
        assertThrows(IllegalArgumentException.class, () -> new Quantiles(List.of(2L, 1L, 1L, 1L)));
        assertThrows(IllegalArgumentException.class, () -> new Quantiles(List.of(1L, 0L)));
        assertThrows(IllegalArgumentException.class, () -> new Quantiles(List.of(960L, 1L)));
        List<Long> entries = new ArrayList<>(List.of(4L, 2L));
        Quantiles some = new Quantiles(entries);
        entries.set(1, 9L);
        assertEquals(of(4, 4), some);
        assertThrows(UnsupportedOperationException.class, () -> some.entries().set(0, 9L));
    }
}
