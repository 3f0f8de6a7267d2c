package dev.foresail.choice.sketch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.StateWriter;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BloomFilterTest {
    private static BloomFilter from(long first, int count) {
        BloomFilter some = BloomFilter.EMPTY;
        for (long element = first; element < first + count; element++) {
            some = some.with(element);
        }
        return some;
    }

    private static double wronglyFound(BloomFilter some) {
        return LongStream.range(1_000_000, 1_020_000).filter(some::mayHave).count() / 20_000.0;
    }

    @Test
    void whoWasAddedIsFound() {
        BloomFilter some = from(0, 500);
        assertTrue(LongStream.range(0, 500).allMatch(some::mayHave));
        assertFalse(BloomFilter.EMPTY.mayHave(0));
        assertTrue(BloomFilter.EMPTY.with(NodeId.of(7)).mayHave(NodeId.of(7)));
    }

    @Test
    void fewOfTheOthersAreFound() {
        assertEquals(0.011, wronglyFound(from(0, 200)), 0.005);
        assertEquals(0.15, wronglyFound(from(0, 500)), 0.03);
    }

    @Test
    void aUnionHasWhoIsInOneOfTheTwo() {
        assertEquals(from(0, 300), from(0, 200).or(from(100, 200)));
        assertEquals(from(0, 300), from(0, 300).or(from(0, 300)));
    }

    @Test
    void itsBytesAreTheSameOnEveryMachine() {
        StateWriter out = new StateWriter();
        from(0, 100).bits().forEach(out::writeLong);
        assertEquals(352273032026557083L, out.fingerprint());
    }

    @Test
    void anotherNumberOfWordsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new BloomFilter(List.of(0L)));
    }
}
