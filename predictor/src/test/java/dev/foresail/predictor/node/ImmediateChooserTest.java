package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.ProtocolException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every outcome of choosing several is tried, one after the other, as an exploration does. */
final class ImmediateChooserTest {
    private final List<Integer> decisions = new ArrayList<>();
    private final List<Integer> bounds = new ArrayList<>();
    private int asked;

    private int decide(int bound) {
        if (asked == decisions.size()) {
            decisions.add(0);
            bounds.add(bound);
        }
        bounds.set(asked, bound);
        return decisions.get(asked++);
    }

    /** The next outcome, if any. */
    private boolean goOn() {
        asked = 0;
        for (int last = decisions.size() - 1; last >= 0; last--) {
            if (decisions.get(last) + 1 < bounds.get(last)) {
                decisions.set(last, decisions.get(last) + 1);
                return true;
            }
            decisions.remove(last);
            bounds.remove(last);
        }
        return false;
    }

    private Set<List<Integer>> tried(int size, int count, boolean leavesOut) {
        List<Integer> candidates = IntStream.range(0, size).boxed().toList();
        ImmediateChooser chooser = ImmediateChooser.trying(this::decide, leavesOut);
        Set<List<Integer>> subsets = new HashSet<>();
        do {
            assertTrue(subsets.add(chooser.chooseSome("senders", candidates, count)), "twice the same");
        } while (goOn());
        return subsets;
    }

    @Test
    void everySubsetIsTriedOnceWhereThereAreFew() {
        assertEquals(10, tried(5, 2, false).size());
        assertEquals(10, tried(5, 2, true).size());
        assertEquals(1, tried(40, 0, true).size());
    }

    @Test
    void whereThereAreTooManyAnExplorationFailsAndALookAheadTriesSome() {
        ProtocolException tooMany = assertThrows(ProtocolException.class, () -> tried(40, 20, false));
        assertTrue(String.valueOf(tooMany.getMessage()).contains("FS380"), tooMany::toString);
        decisions.clear();
        bounds.clear();
        asked = 0;
        Set<List<Integer>> some = tried(40, 20, true);
        assertEquals(231, some.size(), "20 of the first 22");
    }
}
