package dev.foresail.network.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.foresail.network.random.RandomStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PhiAccrualTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    private final PhiAccrual detector = new PhiAccrual(PhiAccrualSettings.DEFAULT);

    private static PhiAccrualSettings withoutPause(int window) {
        return new PhiAccrualSettings(8, window, Duration.ofMillis(100), Duration.ZERO, Duration.ofSeconds(1));
    }

    @Test
    void aPeerThatWasNeverHeardIsNotSuspected() {
        assertEquals(0, detector.phi(Long.MAX_VALUE));
        assertFalse(detector.isSuspected(Long.MAX_VALUE));
    }

    @Test
    void theFirstEstimateIsTheHeartbeatWithAQuarterOfItAsDeviation() {
        detector.heartbeat(7 * SECOND);
        // Expected after 1 s and a pause of 3 s, by 250 ms either way: 4.25 s is one deviation late, so
        // y = 1, e = exp(-1.668166), phi = -log10(e / (1 + e)).
        assertEquals(0.799508, detector.phi(7 * SECOND + 4_250 * MILLI), 1e-6);
        // At the expected time the odds are even: -log10(1/2).
        assertEquals(0.301030, detector.phi(11 * SECOND), 1e-6);
        // Two deviations early: y = -2, e = exp(3.759728), phi = -log10(1 - 1 / (1 + e)).
        assertEquals(0.009999, detector.phi(10_500 * MILLI), 1e-6);
        assertEquals(0, detector.phi(7 * SECOND), 1e-12);
    }

    @Test
    void regularHeartbeatsMakeTheDeviationFallToTheLeastOne() {
        for (int second = 0; second <= 100; second++) {
            detector.heartbeat(second * SECOND);
        }
        // 100 intervals of 1 s and the first two, 250 ms off: a deviation of 35 ms, so 100 ms count; y = 1 again.
        assertEquals(0.799508, detector.phi(104 * SECOND + 100 * MILLI), 1e-6);
        assertFalse(detector.isSuspected(104 * SECOND + 400 * MILLI));
        assertTrue(detector.isSuspected(104 * SECOND + 600 * MILLI));
    }

    @Test
    void irregularHeartbeatsAreGivenMoreTime() {
        PhiAccrual irregular = new PhiAccrual(withoutPause(4));
        long now = 0;
        irregular.heartbeat(now);
        for (long interval : new long[] {600, 1_400, 600, 1_400}) {
            now += interval * MILLI;
            irregular.heartbeat(now);
        }
        // The first estimate has left the window: mean 1 s, deviation 400 ms; 1.8 s is y = 2,
        // e = exp(-3.759728), phi = -log10(e / (1 + e)).
        assertEquals(1.642828, irregular.phi(now + 1_800 * MILLI), 1e-6);
    }

    @Test
    void theIntervalThatEndsASuspicionDoesNotCount() {
        PhiAccrual regular = new PhiAccrual(PhiAccrualSettings.DEFAULT);
        for (int second = 0; second <= 20; second++) {
            detector.heartbeat(second * SECOND);
            regular.heartbeat(second * SECOND);
        }
        detector.heartbeat(3_600 * SECOND);
        assertEquals(regular.intervals(), detector.intervals());
        assertEquals(regular.phi(24_500 * MILLI), detector.phi(3_604_500 * MILLI));
    }

    @Test
    void phiOnlyGrowsBetweenHeartbeatsHoweverTheyCame() {
        RandomStream random = RandomStream.of(7, "phi");
        for (int run = 0; run < 50; run++) {
            PhiAccrual any = new PhiAccrual(withoutPause(1 + random.nextInt(20)));
            long now = 0;
            for (int beat = 0; beat < 30; beat++) {
                now += random.nextInt(2_000) * MILLI;
                any.heartbeat(now);
            }
            double before = 0;
            for (long silence = 0; silence < 20 * SECOND; silence += 10 * MILLI) {
                double phi = any.phi(now + silence);
                assertTrue(phi >= before, () -> "phi fell from a silence of a moment less");
                before = phi;
            }
            assertTrue(any.isSuspected(now + 60 * SECOND));
        }
    }

    @Test
    void saysWhenASilentPeerWillBeSuspected() {
        for (int second = 0; second <= 30; second++) {
            detector.heartbeat(second * SECOND);
            long after = detector.suspectedAfterNanos();
            assertFalse(detector.isSuspected(second * SECOND + after - 1));
            assertTrue(detector.isSuspected(second * SECOND + after));
        }
    }

    @Test
    void theWindowIsBounded() {
        PhiAccrual narrow = new PhiAccrual(withoutPause(5));
        for (int second = 0; second < 100; second++) {
            narrow.heartbeat(second * SECOND);
            assertTrue(narrow.intervals() <= 5);
        }
        assertEquals(1, new PhiAccrual(withoutPause(1)).intervals());
    }

    @Test
    void aHeartbeatAllocatesNothing() {
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        for (int second = 0; second < 2_000; second++) {
            detector.heartbeat(second * SECOND);
        }
        long before = memory.getThreadAllocatedBytes(self);
        for (int second = 2_000; second < 7_000; second++) {
            detector.heartbeat(second * SECOND);
        }
        long allocated = memory.getThreadAllocatedBytes(self) - before;
        // One object per heartbeat would be 80,000 at least; the question itself may cost something.
        assertTrue(allocated < 20_000, () -> allocated + " bytes");
    }

    @Test
    void refusesWhatMakesNoSense() {
        detector.heartbeat(SECOND);
        assertThrows(IllegalArgumentException.class, () -> detector.heartbeat(0));
        assertThrows(IllegalArgumentException.class, () -> detector.phi(0));
        Duration second = Duration.ofSeconds(1);
        assertThrows(
                IllegalArgumentException.class, () -> new PhiAccrualSettings(0, 10, second, Duration.ZERO, second));
        assertThrows(
                IllegalArgumentException.class,
                () -> new PhiAccrualSettings(Double.NaN, 10, second, Duration.ZERO, second));
        assertThrows(IllegalArgumentException.class, () -> new PhiAccrualSettings(8, 0, second, second, second));
        assertThrows(
                IllegalArgumentException.class,
                () -> new PhiAccrualSettings(8, 10, Duration.ZERO, Duration.ZERO, second));
        assertThrows(
                IllegalArgumentException.class, () -> new PhiAccrualSettings(8, 10, second, second.negated(), second));
    }
}
