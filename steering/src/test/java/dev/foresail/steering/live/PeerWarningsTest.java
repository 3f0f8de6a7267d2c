package dev.foresail.steering.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a peer's runtime should not do is in the log, but does not fill it. */
class PeerWarningsTest {
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);

    private final NodeStatistics statistics = new NodeStatistics();
    private long nowNanos;
    private final PeerWarnings warnings = new PeerWarnings(NodeId.of(1), () -> nowNanos, statistics);

    @Test
    void everythingIsCountedAndOneOfAKindIsLoggedInAMinute() {
        try (Logged log = new Logged()) {
            for (int count = 0; count < 100; count++) {
                warnings.limited(TWO);
                warnings.doubted(TWO, "it is of n9");
            }
            warnings.limited(THREE);
            assertEquals(2, log.count("[FS335] n1: "), log::toString);
            assertEquals(1, log.count("[FS336] n1: "), log::toString);
            assertTrue(log.has("ignored a checkpoint of n2 that cannot be: it is of n9"), log::toString);
            nowNanos = TimeUnit.MINUTES.toNanos(1);
            warnings.limited(TWO);
            assertEquals(3, log.count("[FS335] n1: "), log::toString);
        }
        assertEquals(102, statistics.limitedCheckpoints());
        assertEquals(100, statistics.doubtedCheckpoints());
    }

    @Test
    void adviceThatIsOfNoUseIsTold() {
        try (Logged log = new Logged()) {
            for (int count = 0; count < 100; count++) {
                warnings.adviceRefused(TWO, "a\nrumour");
                warnings.adviceLimited(TWO);
            }
            assertEquals(
                    1, log.count("[FS304] n1: n2 advises of no path that this node could go along: a"), log::toString);
            assertEquals(1, log.count("[FS305] n1: n2 advises more often"), log::toString);
            assertFalse(log.has("a\nrumour"), "lines of its own");
        }
        assertEquals(200, statistics.lookingAhead().adviceRefused());
    }
}
