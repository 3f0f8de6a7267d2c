package dev.foresail.predictor.simulate.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.property.Choices;
import dev.foresail.predictor.property.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final List<Long> SPANS =
            List.of(1L, 4L, 1_000L, 1L << 20, 50 * SECOND, Duration.ofDays(2).toNanos(), EventQueue.LATEST_NANOS / 2);

    private final EventQueue queue = new EventQueue();

    private static final class Ticket extends Cancellable {}

    private List<Integer> placesUntil(long nanos) {
        List<Integer> places = new ArrayList<>();
        while (queue.next(nanos)) {
            places.add(queue.place());
        }
        return places;
    }

    @Test
    void ofEqualTimesTheSourceDecidesAndThenWhatTheSourceHasAddedFirst() {
        queue.add(5, 2, 0, null);
        queue.add(5, 1, 1, null);
        queue.add(5, 2, 2, null);
        queue.add(5, -1, 3, null);
        queue.add(4, 9, 4, null);
        queue.add(5, 1, 5, null);
        assertEquals(List.of(4, 3, 1, 5, 0, 2), placesUntil(5));
    }

    @Test
    void whatIsAddedWhileItsTimeIsBeingEmptiedStillTakesItsPlaceInTheOrder() {
        queue.add(5, 2, 0, null);
        queue.add(5, 2, 1, null);
        queue.add(6, 0, 2, null);
        assertTrue(queue.next(5));
        queue.add(5, 2, 3, null);
        queue.add(5, 1, 4, null);
        queue.add(6, 0, 5, null);
        assertEquals(List.of(4, 1, 3, 2, 5), placesUntil(6));
    }

    @Test
    void nothingComesAheadOfTimeAndAnEarlierOneMayComeMeanwhile() {
        queue.add(10 * SECOND, 0, 0, null);
        assertFalse(queue.next(9 * SECOND));
        queue.add(9 * SECOND + 1, 0, 1, null);
        assertFalse(queue.next(9 * SECOND));
        assertEquals(List.of(1, 0), placesUntil(10 * SECOND));
    }

    @Test
    void farFutureComesAfterTheNearOneHoweverFarItIs() {
        List<Integer> expected = new ArrayList<>();
        for (int power = 61; power >= 0; power--) {
            queue.add(1L << power, 0, power, null);
            expected.add(0, power);
        }
        queue.add(EventQueue.LATEST_NANOS, 0, 62, null);
        expected.add(62);
        assertEquals(expected, placesUntil(Long.MAX_VALUE));
    }

    @Test
    void whatIsCancelledNeverComesAndIsNotCounted() {
        Ticket cancelled = new Ticket();
        Ticket kept = new Ticket();
        queue.add(1, 0, 0, cancelled);
        queue.add(2, 0, 1, kept);
        queue.cancel(cancelled);
        queue.cancel(cancelled);
        assertEquals(1, queue.size());
        assertEquals(List.of(1), placesUntil(2));
        queue.cancel(kept);
        assertEquals(0, queue.size());
        assertTrue(kept.isCancelled());
    }

    /** A time-out that every message sets anew must not fill the queue with those that were cancelled. */
    @Test
    void cancelledEntriesDoNotStayUntilTheirTime() {
        for (int round = 0; round < 1_000_000; round++) {
            Ticket ticket = new Ticket();
            queue.add(1000 * SECOND + round, 0, round, ticket);
            queue.cancel(ticket);
        }
        assertEquals(0, queue.size());
        assertTrue(queue.capacity() < 20_000, () -> "room is kept for " + queue.capacity() + " entries");
    }

    @Test
    void whatIsTakenOutNeverComesAndTheOthersStayInOrder() {
        List<Integer> expected = new ArrayList<>();
        for (int place = 0; place < 1_000; place++) {
            queue.add((1 + place / 3) * SECOND, 0, place, null);
            if (place % 3 == 1) {
                expected.add(place);
            }
        }
        assertEquals(667, queue.removeIf((source, place, what) -> place % 3 != 1));
        assertEquals(333, queue.size());
        assertEquals(expected, placesUntil(Long.MAX_VALUE));
    }

    /** Once a second, and then everything within one: slots that were as wide as it was slow are made narrow. */
    @Test
    void aFloodThatFollowsSilenceComesInOrder() {
        QueuePair pair = new QueuePair();
        for (int second = 1; second < 3_000; second++) {
            pair.add(second * SECOND, 0);
            pair.next(EventQueue.LATEST_NANOS);
        }
        RandomStream random = RandomStream.of(3, "flood");
        for (int drop = 0; drop < 5_000; drop++) {
            pair.add(pair.nowNanos() + random.nextLong(SECOND / 100), random.nextInt(3));
            if (drop % 2 == 0) {
                pair.next(EventQueue.LATEST_NANOS);
            }
        }
        pair.drain();
    }

    @Test
    void whatIsNotAddedInTheLastMomentIsAnnounced() {
        List<Integer> announced = new ArrayList<>();
        queue.announceTo((source, place, what) -> announced.add(place));
        for (int place = 0; place < 100; place++) {
            queue.add(place * SECOND, 0, place, null);
        }
        while (queue.next(EventQueue.LATEST_NANOS)) {
            assertTrue(announced.contains(queue.place()));
        }
        assertEquals(100, announced.size());
    }

    @Test
    void timesOutsideOfTimeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> queue.add(-1, 0, 0, null));
        assertThrows(IllegalArgumentException.class, () -> queue.add(EventQueue.LATEST_NANOS + 1, 0, 0, null));
    }

    @Test
    void anySmallScheduleComesInTheOrderOfANaiveQueue() {
        Property.check(41, 2_000, choices -> {
            QueuePair pair = new QueuePair();
            for (int left = choices.below(60); left > 0; left--) {
                step(pair, choices);
            }
            pair.drain();
        });
    }

    private static void step(QueuePair pair, Choices choices) {
        switch (choices.below(6)) {
            case 0 -> pair.cancel(choices.below(20));
            case 1 -> pair.next(Math.min(EventQueue.LATEST_NANOS, pair.nowNanos() + someNanos(choices)));
            case 2 -> {
                for (int left = choices.below(20); left > 0; left--) {
                    pair.next(EventQueue.LATEST_NANOS);
                }
            }
            default -> {
                long atNanos = Math.min(EventQueue.LATEST_NANOS, pair.nowNanos() + someNanos(choices));
                for (int left = choices.below(5); left >= 0; left--) {
                    pair.add(atNanos, choices.below(4) - 1);
                }
            }
        }
    }

    private static long someNanos(Choices choices) {
        return SPANS.get(choices.below(SPANS.size())) / 8 * choices.below(9);
    }

    /** So many at once, at such different rates one after the other, that the queue's slots are made anew again and again. */
    @Test
    void longSchedulesOfChangingRatesComeInTheOrderOfANaiveQueue() {
        RandomStream random = RandomStream.of(42, "schedule");
        QueuePair pair = new QueuePair();
        for (int phase = 0; phase < 24; phase++) {
            long span = SPANS.get(random.nextInt(SPANS.size() - 1)) + 1;
            int wanted = random.nextInt(6_000);
            for (int step = 0; step < 12_000; step++) {
                boolean isFar = random.nextInt(50) == 0;
                if (pair.size() < wanted || random.nextInt(3) == 0) {
                    pair.add(pair.nowNanos() + random.nextLong(isFar ? 1000 * span : span), random.nextInt(100) - 1);
                }
                if (random.nextInt(10) == 0) {
                    pair.cancel(random.nextInt(20));
                }
                if (pair.size() > wanted / 2) {
                    pair.next(EventQueue.LATEST_NANOS);
                }
            }
        }
        pair.drain();
    }
}
