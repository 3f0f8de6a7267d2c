package dev.foresail.steering.emulation;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/** What waits at the accesses of a network with queues: each uplink and each downlink takes one frame after the other, whatever connection it is of. Thread-safe. */
final class EmulatedAccesses {
    private final AtomicLongArray uplinkFreeAtNanos;
    private final AtomicLongArray downlinkFreeAtNanos;

    EmulatedAccesses(int endpoints) {
        uplinkFreeAtNanos = free(endpoints);
        downlinkFreeAtNanos = free(endpoints);
    }

    private static AtomicLongArray free(int endpoints) {
        long[] ever = new long[endpoints];
        Arrays.fill(ever, Long.MIN_VALUE);
        return new AtomicLongArray(ever);
    }

    /** When a frame is out that comes to an uplink then and takes it so long. */
    long outNanos(int endpoint, long comesNanos, long takesNanos) {
        return through(uplinkFreeAtNanos, endpoint, comesNanos, takesNanos);
    }

    /** When a frame is in that comes to a downlink then and takes it so long. */
    long inNanos(int endpoint, long comesNanos, long takesNanos) {
        return through(downlinkFreeAtNanos, endpoint, comesNanos, takesNanos);
    }

    private static long through(AtomicLongArray freeAtNanos, int endpoint, long comesNanos, long takesNanos) {
        return freeAtNanos.updateAndGet(endpoint, free -> Math.max(free, comesNanos) + takesNanos);
    }
}
