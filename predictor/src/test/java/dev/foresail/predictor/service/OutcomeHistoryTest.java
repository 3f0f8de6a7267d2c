package dev.foresail.predictor.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.service.ServiceSettings.Memory;
import org.junit.jupiter.api.Test;

/** A server's answers, and what is made of them. */
class OutcomeHistoryTest {
    private static final double MILLI = 1e6;
    private static final long SECOND = 1_000_000_000L;

    private final OutcomeHistory history = new OutcomeHistory(new Memory(64, 30 * SECOND));
    private final RandomStream random = RandomStream.of(7, "outcomes");
    private long now;

    private void answers(int count, double meanMillis) {
        for (int answer = 0; answer < count; answer++) {
            now += SECOND / 100;
            history.add(now, 0, meanMillis * MILLI * random.nextExponential(), false);
        }
    }

    @Test
    void aServerThatBecomesSlowIsSeenAsSlowAfterAFewAnswers() {
        answers(60, 20);
        assertEquals(20 * MILLI, history.mean(), 9 * MILLI);

        answers(12, 200);

        assertTrue(history.mean() > 100 * MILLI, "the better days are forgotten: " + history.mean());
        assertTrue(history.answers() <= 12, history.answers() + " answers kept");
    }

    @Test
    void andOneThatBecomesFastAgain() {
        answers(60, 200);

        answers(12, 20);

        assertTrue(history.mean() < 60 * MILLI, "mean " + history.mean());
    }

    @Test
    void chanceIsNoChange() {
        int forgotten = 0;
        for (int block = 0; block < 200; block++) {
            answers(64, 20);
            forgotten += history.answers() < 64 ? 1 : 0;
        }

        assertTrue(forgotten < 10, forgotten + " of 200 looks soon after a change was seen");
    }

    @Test
    void howMuchLaterAnswersComeBehindOthersIsLearnt() {
        for (int answer = 0; answer < 64; answer++) {
            int inFlight = answer % 8;
            now += SECOND / 100;
            history.add(now, inFlight, (10 + 10 * inFlight) * MILLI, false);
        }

        double alone = history.mean() * history.factor(0);
        double behindSeven = history.mean() * history.factor(7);

        assertEquals(14 * MILLI, alone, 8 * MILLI);
        assertEquals(80 * MILLI, behindSeven, 15 * MILLI);
    }

    @Test
    void failuresSayNothingOfTimes() {
        answers(20, 20);
        double before = history.mean();

        history.add(now + 1, 0, 1, true);

        assertEquals(before, history.mean());
        assertEquals(1, history.failures());
        assertEquals(20, history.answers());
    }

    @Test
    void whatIsOldIsForgottenButForTheLatest() {
        answers(20, 20);

        history.forget(now + 31 * SECOND);

        assertEquals(1, history.size());
        assertEquals(now, history.latestNanos());
    }
}
