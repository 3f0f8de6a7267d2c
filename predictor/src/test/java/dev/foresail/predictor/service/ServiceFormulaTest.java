package dev.foresail.predictor.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.objective.Mistake;
import dev.foresail.predictor.objective.Objective.Formula;
import dev.foresail.predictor.objective.Objective.Wanted;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Objectives of services as operators write them. */
class ServiceFormulaTest {
    /** 20 ms, as much again on either side, one in ten fails, three requests there. */
    private static final Forecast FORECAST = new Forecast(20e6, 1, 0.1, 9, 0, 3);

    private static double cost(Wanted wanted, String text) {
        return ServiceObjective.parse(wanted, text).cost(FORECAST);
    }

    private static List<Mistake> mistakes(Wanted wanted, String text) {
        return ServiceFormula.mistakes(Formula.parse(wanted, text));
    }

    @Test
    void durationsCountInSeconds() {
        assertEquals(0.02, cost(Wanted.MINIMIZE, "latency"), 1e-12);
        assertEquals(0.12, cost(Wanted.MINIMIZE, "mean(latency) + 1s * failures"), 1e-12);
        assertEquals(-3, cost(Wanted.MAXIMIZE, "inFlight"), 1e-12);
        assertEquals(FORECAST.latencyNanosAt(0) / 1e9, cost(Wanted.MINIMIZE, "p50(latency)"), 1e-9);
        assertTrue(cost(Wanted.MINIMIZE, "p99(latency)") > cost(Wanted.MINIMIZE, "p95(latency)"));
        assertEquals(0.01, cost(Wanted.MINIMIZE, "max(latency, 10ms) - min(10ms, latency)"), 1e-12);
        assertEquals(0.5, cost(Wanted.MINIMIZE, "abs(-latency / 40ms)"), 1e-12);
    }

    @Test
    void aConstraintCostsWhatItIsMissedBy() {
        assertEquals(0.005, cost(Wanted.SUBJECT_TO, "latency < 15ms"), 1e-12);
        assertEquals(0, cost(Wanted.SUBJECT_TO, "latency <= 20ms"), 1e-12);
        assertEquals(2, cost(Wanted.SUBJECT_TO, "inFlight >= 5"), 1e-12);
    }

    @Test
    void amongThoseThatMeetAConstraintTheNextObjectiveDecides() {
        Forecast slow = new Forecast(90e6, 0.5, 0, 9, 0, 0);
        Forecast near = new Forecast(20e6, 0.5, 0, 9, 0, 2);
        Forecast idle = new Forecast(40e6, 0.5, 0, 9, 0, 1);
        CandidateCosts costs = CandidateCosts.of(
                List.of(
                        ServiceObjective.parse(Wanted.SUBJECT_TO, "latency < 50ms"),
                        ServiceObjective.parse(Wanted.MINIMIZE, "inFlight")),
                new Forecast[] {slow, near, idle});

        assertEquals(2, costs.best(RandomStream.of(1, "ties")));
        assertEquals(0.04, costs.difference(0, 2), 1e-12);
        assertEquals(1, costs.difference(1, 2), 1e-12);
    }

    @Test
    void mistakesHaveTheirColumns() {
        assertEquals(
                List.of(new Mistake(
                        "FS457",
                        1,
                        "a service's choice knows no 'latencies'; did you mean 'latency'? (known: latency,"
                                + " failures, inFlight)")),
                mistakes(Wanted.MINIMIZE, "latencies"));
        assertEquals(
                "FS455", mistakes(Wanted.MINIMIZE, "latency + failures").get(0).code());
        assertEquals(9, mistakes(Wanted.MINIMIZE, "latency + failures").get(0).column());
        assertEquals("FS455", mistakes(Wanted.MINIMIZE, "latency * 3ms").get(0).code());
        assertEquals("FS455", mistakes(Wanted.SUBJECT_TO, "latency < 3").get(0).code());
        assertEquals(
                "FS456",
                mistakes(Wanted.SUBJECT_TO, "live(agreement) within 2s").get(0).code());
        assertEquals("FS456", mistakes(Wanted.MINIMIZE, "p99(failures)").get(0).code());
        assertEquals(
                "FS456", mistakes(Wanted.MINIMIZE, "mean(latency, 3)").get(0).code());
        assertEquals("FS457", mistakes(Wanted.MINIMIZE, "men(latency)").get(0).code());
    }

    @Test
    void whatCannotBeAskedIsNoObjective() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> ServiceObjective.parse(Wanted.MINIMIZE, "2 * hops"));

        assertTrue(refused.getMessage().startsWith("[FS457] column 5: a service's choice knows no 'hops'"));
    }
}
