package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SentLogTest {
    /** As a list would do it. */
    @Test
    void whateverIsAddedAndForgottenItIsTheLastOnesInOrder() {
        Random random = new Random(7);
        for (int limit : List.of(1, 2, 9, 20, 300)) {
            SentLog log = new SentLog(limit);
            List<SentMessage> plain = new ArrayList<>();
            long sequence = 0;
            for (int step = 0; step < 2_000; step++) {
                if (random.nextInt(5) == 0) {
                    long upTo = sequence - random.nextInt(limit + 1);
                    log.forgetUpTo(upTo);
                    plain.removeIf(each -> each.sequence() <= upTo);
                } else {
                    sequence += 1 + random.nextInt(3);
                    log.add(sequence, "m" + sequence);
                    plain.add(new SentMessage(sequence, "m" + sequence));
                    if (plain.size() > limit) {
                        plain.remove(0);
                    }
                }
                assertEquals(plain, log.all());
                assertFewAreBeyond(limit, log);
                long after = sequence - random.nextInt(8);
                assertEquals(
                        plain.stream().filter(each -> each.sequence() > after).toList(), log.after(after));
                List<SentMessage> seen = new ArrayList<>();
                log.forEach(seen::add);
                assertEquals(plain, seen);
            }
            assertEquals(plain, log.after(Long.MIN_VALUE));
            assertEquals(List.of(), log.after(Long.MAX_VALUE));
            SentLog copy = new SentLog(limit);
            copy.addAll(log);
            assertEquals(plain, copy.all());
        }
    }

    /** So that all parts grow to their full length, and are given up whole. */
    @Test
    void whereNoNumberIsLeftOutItIsTheLastOnesToo() {
        int limit = 700;
        SentLog log = new SentLog(limit);
        long forgotten = 0;
        for (long sequence = 1; sequence <= 5_000; sequence++) {
            log.add(sequence, "m" + sequence);
            assertFewAreBeyond(limit, log);
            if (sequence == 2_000 || sequence == 3_500) {
                forgotten = sequence - 300;
                log.forgetUpTo(forgotten);
            }
            if (sequence % 50 == 0) {
                long first = Math.max(forgotten, sequence - limit) + 1;
                List<SentMessage> expected = LongStream.rangeClosed(first, sequence)
                        .mapToObj(each -> new SentMessage(each, "m" + each))
                        .toList();
                assertEquals(expected, log.all());
                assertEquals(expected.subList(expected.size() - 20, expected.size()), log.after(sequence - 20));
            }
        }
        log.forgetUpTo(5_000);
        assertEquals(List.of(), log.all());
        log.add(5_001, "next");
        assertEquals(List.of(new SentMessage(5_001, "next")), log.all());
        assertEquals(1, log.kept());
    }

    private static void assertFewAreBeyond(int limit, SentLog log) {
        assertTrue(log.kept() < limit + 2 * SentLog.MOST_CAPACITY, () -> log.kept() + " are kept of " + limit);
    }
}
