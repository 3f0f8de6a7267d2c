package dev.foresail.steering.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.BusyTime;
import dev.foresail.predictor.node.Host;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.node.SteeredNode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A node that may use a quarter of a millisecond a second of its own thread, and five percent of a processor. */
final class PaceTest {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    private final Working node = new Working();
    private final Pace pace = new Pace(SteeringSettings.of(SteeringMode.STEER), node);

    /** Its clock goes when it is told to. */
    private static final class Working implements SteeredNode<Object> {
        private long nowNanos = 50 * SECOND;
        private final BusyTime gatheringTime = new BusyTime(this::nowNanos);

        @Override
        public NodeId self() {
            return NodeId.of(1);
        }

        @Override
        public Object state() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nowNanos() {
            return nowNanos;
        }

        @Override
        public Snapshot<Object> roundSnapshot() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Snapshot<Object>> consistentSnapshot() {
            throw new UnsupportedOperationException();
        }

        @Override
        public BusyTime gatheringTime() {
            return gatheringTime;
        }

        @Override
        public void gatherSoon() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Host.Alarm schedule(long delayNanos, Runnable task) {
            throw new UnsupportedOperationException();
        }

        void gather(long nanos) {
            gatheringTime.during(() -> pass(nanos));
        }

        void pass(long nanos) {
            nowNanos += nanos;
        }
    }

    @Test
    void aNodeLooksAtOnceAndThenAtItsInterval() {
        assertEquals(0, pace.untilWatchNanos());
        pace.watched();
        node.pass(30 * MILLI);
        assertEquals(70 * MILLI, pace.untilWatchNanos());
        node.pass(70 * MILLI);
        assertEquals(0, pace.untilWatchNanos());
    }

    @Test
    void whatALookTookOfAProcessorIsPaidForInPauses() {
        pace.looked(3 * MILLI, MILLI);
        assertEquals(19 * MILLI, pace.untilLookNanos());
        pace.looked(300 * MILLI, MILLI);
        assertEquals(300 * MILLI, pace.untilLookNanos(), "others use the processor as well");
        pace.looked(2 * MILLI, 0);
        assertEquals(38 * MILLI, pace.untilLookNanos());
    }

    @Test
    void aThreadThatGathersAllTheTimeLooksLessOften() {
        int looks = 0;
        long ended = node.nowNanos() + 60 * SECOND;
        while (node.nowNanos() < ended) {
            node.pass(pace.untilWatchNanos());
            pace.watched();
            node.gather(125 * MICRO);
            looks++;
        }
        assertEquals(122, looks, 3, "a quarter of a millisecond a second");
    }

    @Test
    void aThreadThatWasIdleMayUseWhatASecondGives() {
        node.pass(Duration.ofHours(1).toNanos());
        node.gather(250 * MICRO - 1);
        assertEquals(0, pace.untilWatchNanos());
        node.gather(50 * MICRO);
        assertEquals(200, Math.round(pace.untilWatchNanos() / 1e6));
    }

    @Test
    void noLookIsHeldBackForMoreThanTwoSeconds() {
        for (int round = 0; round < 5; round++) {
            node.gather(SECOND);
            assertEquals(2_000, Math.round(pace.untilWatchNanos() / 1e6));
        }
        node.pass(2 * SECOND + MILLI);
        assertEquals(0, pace.untilWatchNanos());
    }

    @Test
    void whatWasUsedBeforeItBeganIsNotItsOwn() {
        node.gather(SECOND);
        assertEquals(0, new Pace(SteeringSettings.of(SteeringMode.STEER), node).untilWatchNanos());
    }
}
