package dev.foresail.steering.cluster.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cluster.MemberAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class HandOutTest {
    private static final MemberAddress SELF = new MemberAddress("127.0.0.1", 1);
    private static final MemberAddress ANNA = new MemberAddress("127.0.0.1", 2);
    private static final MemberAddress BERT = new MemberAddress("127.0.0.1", 3);

    @Test
    void manyGoAtATimeInTheBeginningAndOneInTheEnd() {
        HandOut handOut = new HandOut(5, 40);
        assertEquals(LongStream.range(5, 10).boxed().toList(), handOut.take(ANNA, 2));
        int last = 5;
        int taken = 5;
        while (taken < 40) {
            int next = handOut.take(ANNA, 2).size();
            assertTrue(next >= 1 && next <= last, () -> "" + next);
            last = next;
            taken += next;
        }
        assertEquals(1, last);
        assertEquals(List.of(), handOut.take(BERT, 2));
        assertEquals(
                HandOut.MOST_AT_ONCE, new HandOut(1, 1_000_000).take(BERT, 2).size());
    }

    @Test
    void whatALostMemberHasNotFinishedComesFirst() {
        HandOut handOut = new HandOut(1, 20);
        assertEquals(List.of(1L, 2L), handOut.take(ANNA, 2));
        assertEquals(List.of(3L, 4L), handOut.take(BERT, 2));
        assertTrue(handOut.done(ANNA, 1));
        assertEquals(1, handOut.lost(ANNA));
        assertEquals(0, handOut.lost(ANNA));
        assertFalse(handOut.done(ANNA, 2), "it comes too late");
        assertEquals(List.of(2L), handOut.takeOne(SELF));
        assertEquals(List.of(5L), handOut.takeOne(SELF));
        assertEquals(Map.of(ANNA, 1), handOut.shares());
    }

    @Test
    void whatAMemberCannotPlayIsForTheCoordinatorAlone() {
        HandOut handOut = new HandOut(1, 2);
        assertEquals(List.of(1L), handOut.take(ANNA, 1));
        assertEquals(List.of(2L), handOut.take(BERT, 1));
        handOut.cannot(ANNA, 1);
        assertEquals(List.of(), handOut.take(BERT, 1));
        assertEquals(List.of(1L), handOut.takeOne(SELF));
        assertFalse(handOut.isOver());
        assertTrue(handOut.done(SELF, 1) && handOut.done(BERT, 2) && handOut.isOver());
    }

    /** Members that come, play, refuse and get lost in any order: each seed is done once, and none is forgotten. */
    @Test
    void whateverHappensEverySeedIsDoneOnce() {
        for (int run = 0; run < 200; run++) {
            SplittableRandom dice = new SplittableRandom(run);
            HandOut handOut = new HandOut(100, 30);
            Map<MemberAddress, List<Long>> held = new HashMap<>();
            List<Long> done = new ArrayList<>();
            int port = 10;
            while (!handOut.isOver()) {
                MemberAddress member = new MemberAddress("h", 10 + dice.nextInt(port - 8));
                List<Long> own = held.computeIfAbsent(member, none -> new ArrayList<>());
                int what = dice.nextInt(10);
                if (what < 4) {
                    own.addAll(handOut.take(member, 3));
                } else if (what < 8 && !own.isEmpty()) {
                    long seed = own.remove(0);
                    if (handOut.done(member, seed)) {
                        done.add(seed);
                    }
                } else if (what == 8 && !own.isEmpty()) {
                    handOut.cannot(member, own.remove(0));
                } else if (what == 9) {
                    handOut.lost(member);
                    port = Math.min(port + 1, 14);
                }
                handOut.takeOne(SELF).forEach(seed -> {
                    assertTrue(handOut.done(SELF, seed));
                    done.add(seed);
                });
            }
            assertEquals(
                    LongStream.range(100, 130).boxed().toList(),
                    done.stream().sorted().toList());
            assertEquals(
                    30,
                    handOut.shares().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum());
        }
    }
}
