package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    private final EventQueue queue = new EventQueue();
    private final List<String> done = new ArrayList<>();

    private EventQueue.Entry add(long atNanos, int source, long sequence) {
        return queue.add(atNanos, source, sequence, -1, () -> done.add(atNanos + "/" + source + "/" + sequence));
    }

    private void runUntil(long nanos) {
        for (EventQueue.Entry entry = queue.next(nanos); entry != null; entry = queue.next(nanos)) {
            entry.run();
        }
    }

    @Test
    void timeSourceAndSequenceGiveTheOrderWhateverTheOrderOfInsertion() {
        List<int[]> entries = new ArrayList<>();
        for (int time = 0; time < 3; time++) {
            for (int source = -1; source < 3; source++) {
                for (int sequence = 0; sequence < 3; sequence++) {
                    entries.add(new int[] {time, source, sequence});
                }
            }
        }
        List<String> expected = entries.stream()
                .map(entry -> entry[0] + "/" + entry[1] + "/" + entry[2])
                .toList();
        Collections.reverse(entries);
        Collections.rotate(entries, 17);
        entries.forEach(entry -> add(entry[0], entry[1], entry[2]));
        runUntil(10);
        assertEquals(expected, done);
    }

    @Test
    void nothingRunsAheadOfTimeOrOnceCancelled() {
        EventQueue.Entry cancelled = add(1, 0, 0);
        add(2, 0, 1);
        add(3, 0, 2);
        cancelled.cancel();
        runUntil(2);
        assertEquals(List.of("2/0/1"), done);
        assertNull(queue.next(2));
        runUntil(3);
        assertEquals(List.of("2/0/1", "3/0/2"), done);
    }
}
