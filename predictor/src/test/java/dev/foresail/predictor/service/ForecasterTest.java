package dev.foresail.predictor.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.service.ServiceSettings.Memory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a request would meet, from what is known of all. */
class ForecasterTest {
    private static final double MILLI = 1e6;
    private static final long SECOND = 1_000_000_000L;

    private final List<Candidate> candidates = new ArrayList<>();

    private Candidate candidate(double... millis) {
        Candidate candidate = new Candidate(new OutcomeHistory(new Memory(64, 30 * SECOND)), 0);
        for (double took : millis) {
            candidate.history.add(1, 0, took * MILLI, false);
        }
        candidates.add(candidate);
        return candidate;
    }

    private Forecast[] forecasts(long nowNanos) {
        return Forecaster.forecasts(candidates, nowNanos);
    }

    @Test
    void nobodyKnownMeansNoDifference() {
        candidate();
        candidate();

        Forecast[] forecasts = forecasts(1);

        assertEquals(forecasts[0], forecasts[1]);
        assertEquals(0, forecasts[0].outcomes());
        assertEquals(Long.MAX_VALUE, forecasts[0].evidenceAgeNanos());
    }

    @Test
    void oneThatNeverAnsweredIsTakenToBeLikeTheOthers() {
        candidate(10, 12, 9, 11);
        candidate(11, 9, 10, 10);
        candidate();

        Forecast[] forecasts = forecasts(1);

        assertEquals(10 * MILLI, forecasts[2].latencyNanos(), 2 * MILLI);
    }

    @Test
    void luckWithOneAnswerIsNotTakenForSpeed() {
        candidate(10, 30, 20, 5, 40, 12, 25, 8);
        candidate(12, 28, 22, 6, 35, 15, 20, 10);
        candidate(2);

        Forecast[] forecasts = forecasts(1);

        assertTrue(forecasts[2].latencyNanos() > 2 * 2 * MILLI, "at least twice what it took: " + forecasts[2]);
    }

    @Test
    void manyAnswersThatDifferAreBelieved() {
        candidate(10, 11, 9, 10, 10, 11, 9, 10);
        candidate(100, 110, 90, 100, 100, 110, 90, 100);

        Forecast[] forecasts = forecasts(1);

        assertEquals(10 * MILLI, forecasts[0].latencyNanos(), 1.5 * MILLI);
        assertEquals(100 * MILLI, forecasts[1].latencyNanos(), 15 * MILLI);
    }

    @Test
    void aRequestThatHasWaitedForLongTellsOfTheNext() {
        Candidate stalled = candidate(10, 11, 9, 10);
        candidate(10, 11, 9, 10);
        stalled.begin(new Candidate.Request(1, 0));

        Forecast[] forecasts = forecasts(SECOND);

        assertTrue(forecasts[0].latencyNanos() >= SECOND, forecasts[0].toString());
        assertTrue(forecasts[1].latencyNanos() < 20 * MILLI, forecasts[1].toString());
    }

    @Test
    void percentilesAreThoseOfALogNormalVariable() {
        Forecast forecast = new Forecast(10 * MILLI, 1, 0, 5, 0, 0);

        double median = forecast.latencyNanosAt(0);

        assertEquals(10 * MILLI / Math.sqrt(2), median, 1.0);
        assertEquals(median * Math.exp(Math.sqrt(Math.log(2))), forecast.latencyNanosAt(1), 1.0);
    }
}
