package dev.foresail.predictor.path;

import static dev.foresail.predictor.path.Couriers.ONE;
import static dev.foresail.predictor.path.Couriers.THREE;
import static dev.foresail.predictor.path.Couriers.TWO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.scenario.LinkFault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A path over three nodes, with hops of 20 ms and back in 60. */
final class ExpectationsTest {
    private final Couriers couriers = Couriers.followed();

    private static DeclaredPath expecting(int nodes, int hops, long hopMillis, long durationMillis) {
        return new DeclaredPath(
                "delivery",
                "call dispatch",
                Optional.of("message Receipt"),
                new DeclaredPath.Bounds(
                        Optional.of(nodes),
                        Optional.of(hops),
                        Optional.of(Duration.ofMillis(hopMillis)),
                        Optional.of(Duration.ofMillis(durationMillis))));
    }

    private CausalPath path() {
        couriers.dispatch(ONE, TWO, THREE);
        couriers.until(1_000);
        return couriers.paths().get(0);
    }

    private List<String> judged(DeclaredPath declared, CausalPath path) {
        return Expectations.judge(declared, path, couriers.stage.nowNanos(), true).stream()
                .map(anomaly -> anomaly.expected() + " | " + anomaly.found())
                .toList();
    }

    @Test
    void whatIsExactlyAtTheBoundIsAsExpected() {
        assertEquals(List.of(), judged(expecting(3, 3, 20, 60), path()));
    }

    @Test
    void eachBoundIsJudgedByItself() {
        assertEquals(
                List.of(
                        "nodes <= 2 | 3 nodes",
                        "hops <= 2 | 3 hops",
                        "hop <= 19ms | message Parcel took 0.02 s from n1 to n2",
                        "duration <= 59ms | it took 0.06 s"),
                judged(expecting(2, 2, 19, 59), path()));
    }

    @Test
    void aPathThatDoesNotEndIsJudgedOnceItIsLate() {
        couriers.stage.disturb(TWO, THREE, new LinkFault.Loss(1), Duration.ofSeconds(9));
        CausalPath lost = path();
        assertEquals(List.of(), judged(expecting(3, 3, 20, 1_000), lost));
        assertTrue(Expectations.isOpen(expecting(3, 3, 20, 1_000), lost, couriers.stage.nowNanos()));
        assertEquals(
                List.of("ends: message Receipt within 999ms | it did not"), judged(expecting(3, 3, 20, 999), lost));
        assertFalse(Expectations.isOpen(expecting(3, 3, 20, 999), lost, couriers.stage.nowNanos()));
        assertEquals(List.of("ends: message Receipt | it did not"), judged(Couriers.DELIVERY, lost));
    }

    /** Its end may be among those that were not kept. */
    @Test
    void whereEventsWereNotKeptOnlyWhatIsExceededIsTold() {
        path();
        PathLog log = new PathLog(2);
        couriers.log.hops().forEach(log);
        assertEquals(2, log.left());
        List<DeclaredPath> declared = List.of(expecting(1, 3, 20, 60));
        RecordedPaths cut =
                new RecordedPaths("courier", Couriers.RUN, declared, couriers.stage.nowNanos(), log.left(), log.hops());
        assertEquals(
                List.of("nodes <= 1"),
                cut.anomalies().stream().map(Expectations.Anomaly::expected).toList());
    }

    /** As when the file of the node where it began is missing. */
    @Test
    void ofAPathWhoseBeginningIsNotKnownOnlyWhatIsThereIsJudged() {
        path();
        List<PathHop> later = couriers.log.hops().stream()
                .filter(hop -> hop.cause().isPresent())
                .toList();
        CausalPath headless = CausalPath.of(later).get(0);
        assertTrue(headless.first().isEmpty());
        assertEquals(1, headless.roots().size());
        assertEquals(List.of("hops <= 2 | 3 hops"), judged(expecting(3, 2, 20, 1), headless));
    }
}
