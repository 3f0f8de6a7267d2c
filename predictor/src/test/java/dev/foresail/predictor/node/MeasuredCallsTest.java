package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.machine.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an application asks for every so often, and what it asks for once. */
class MeasuredCallsTest {
    private static final long SECOND = 1_000_000_000L;

    private static Event.Call order(long number) {
        return new Event.Call("order", List.of(number));
    }

    @Test
    void whatIsAskedOnceOrTwiceIsNotExpectedAgain() {
        MeasuredCalls calls = new MeasuredCalls(0);
        assertEquals(List.of(), calls.rates(SECOND));
        calls.called(new Event.Call("join", List.of()), 0);
        calls.called(order(1), SECOND);
        calls.called(order(2), SECOND);
        assertEquals(List.of(), calls.rates(SECOND));
    }

    @Test
    void aSteadyRateIsToldFromTheBeginningAndForgottenWhenItEnds() {
        MeasuredCalls calls = new MeasuredCalls(0);
        for (int number = 1; number <= 200; number++) {
            calls.called(order(number), number * SECOND / 10);
            if (number == 10 || number == 200) {
                assertEquals(
                        10, calls.rates(number * SECOND / 10).get(0).perSecond(), 1.2, "after " + number + " calls");
            }
        }
        List<Event.Call> recent = calls.rates(20 * SECOND).get(0).recent();
        assertEquals(CallRate.MOST_RECENT, recent.size());
        assertEquals(order(200), recent.get(recent.size() - 1));
        assertTrue(calls.rates(25 * SECOND).get(0).perSecond() < 4, "none for five seconds");
        assertEquals(List.of(), calls.rates(60 * SECOND), "none for long");
    }

    @Test
    void aBurstJustAfterTheStartIsNoRateForEver() {
        MeasuredCalls calls = new MeasuredCalls(0);
        for (int number = 1; number <= 3; number++) {
            calls.called(order(number), 0);
        }
        double atOnce = calls.rates(0).get(0).perSecond();
        assertTrue(atOnce >= 3 && atOnce < 4, () -> "three calls at once are " + atOnce + " in a second");
        calls.called(order(4), SECOND / 1000);
        double afterAMillisecond = calls.rates(SECOND / 1000).get(0).perSecond();
        assertTrue(
                afterAMillisecond >= 4 && afterAMillisecond < 5,
                () -> "four within 1 ms are " + afterAMillisecond + " in a second");
    }

    @Test
    void callsOfEachNameHaveARateOfTheirOwn() {
        MeasuredCalls calls = new MeasuredCalls(0);
        for (int number = 1; number <= 100; number++) {
            calls.called(order(number), number * SECOND / 10);
            if (number % 5 == 0) {
                calls.called(new Event.Call("audit", List.of()), number * SECOND / 10);
            }
        }
        List<CallRate> rates = calls.rates(10 * SECOND);
        assertEquals(
                List.of("audit", "order"), rates.stream().map(CallRate::name).toList());
        assertEquals(2, rates.get(0).perSecond(), 0.5);
        assertEquals(10, rates.get(1).perSecond(), 1);
    }

    /** A clock that was set back must not make calls weigh more than they do. */
    @Test
    void aClockThatGoesBackLeavesRatesFinite() {
        MeasuredCalls calls = new MeasuredCalls(10 * SECOND);
        for (int number = 1; number <= 10; number++) {
            calls.called(order(number), 20 * SECOND - number * SECOND);
        }
        assertTrue(Double.isFinite(calls.rates(0).get(0).perSecond()));
    }

    @Test
    void aRateThatCannotBeIsRefused() {
        for (double perSecond : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> new CallRate(perSecond, List.of(order(1))));
        }
        assertThrows(IllegalArgumentException.class, () -> new CallRate(1, List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new CallRate(1, List.of(order(1), new Event.Call("audit", List.of()))));
    }
}
