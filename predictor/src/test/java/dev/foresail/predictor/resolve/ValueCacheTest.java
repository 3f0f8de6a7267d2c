package dev.foresail.predictor.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.lookahead.Evaluation;
import dev.foresail.predictor.node.Basis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ValueCacheTest {
    private static final Evaluation SECOND_IS_BEST = new Evaluation(1, List.of(), 4);

    private static final long LIFE_NANOS = 500;

    private final AtomicLong nanos = new AtomicLong();
    private final ValueCache cache = new ValueCache(100, Duration.ofNanos(1_000), nanos::get);

    private void put() {
        cache.put(7, SECOND_IS_BEST, Optional.empty(), basis(true));
    }

    /** Of one checkpoint that was 30 ns old. */
    private static Basis basis(boolean isComplete) {
        return new Basis(new TreeMap<>(Map.of(NodeId.of(2), 30L)), isComplete, false, List.of());
    }

    @Test
    void anEntryServesOneDecision() {
        assertFalse(cache.use(7, false, LIFE_NANOS).isPresent());
        put();
        assertEquals(SECOND_IS_BEST, cache.use(7, false, LIFE_NANOS).orElseThrow().evaluation);
        assertFalse(cache.use(7, false, LIFE_NANOS).isPresent(), "used up");
        put();
        assertTrue(cache.use(7, false, LIFE_NANOS).isPresent(), "predicted afresh");
    }

    @Test
    void anEntryOfARepeatableChoiceServesMany() {
        put();
        assertTrue(cache.use(7, true, LIFE_NANOS).isPresent());
        assertTrue(cache.use(7, true, LIFE_NANOS).isPresent());
        assertFalse(cache.use(8, true, LIFE_NANOS).isPresent());
    }

    @Test
    void whatRestsOnAnIncompletePictureServesOneDecisionInAnyCase() {
        cache.put(7, SECOND_IS_BEST, Optional.empty(), basis(false));
        assertTrue(cache.use(7, true, LIFE_NANOS).isPresent());
        assertFalse(cache.use(7, true, LIFE_NANOS).isPresent());
        assertTrue(cache.recall(7).isPresent());
    }

    @Test
    void aLookUsesNothingUpAndSeesWhatIsUsedUp() {
        put();
        assertTrue(cache.recall(7).isPresent());
        assertTrue(cache.use(7, false, LIFE_NANOS).isPresent());
        assertTrue(cache.recall(7).isPresent());
    }

    @Test
    void whatIsTooOldDecidesNothingAndIsStillSeen() {
        put();
        nanos.set(LIFE_NANOS);
        assertTrue(cache.isFresh(7, false, LIFE_NANOS));
        nanos.set(LIFE_NANOS + 1);
        assertFalse(cache.isFresh(7, false, LIFE_NANOS));
        assertFalse(cache.isFresh(7, true, LIFE_NANOS), "it is time to make it anew");
        assertTrue(cache.use(7, true, LIFE_NANOS).isPresent(), "what may be repeated goes on until it is made anew");
        assertTrue(cache.recall(7).isPresent());
    }

    @Test
    void entriesExpireByTheNodesOwnClock() {
        put();
        nanos.set(999);
        assertTrue(cache.recall(7).isPresent());
        nanos.set(1_000);
        assertFalse(cache.recall(7).isPresent());
        assertFalse(cache.use(7, true, LIFE_NANOS).isPresent());
    }

    @Test
    void theEvidenceGrowsOlder() {
        nanos.set(100);
        put();
        nanos.set(150);
        assertEquals(80, cache.evidenceAgeNanos(cache.recall(7).orElseThrow()));
    }
}
