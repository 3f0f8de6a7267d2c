package dev.foresail.steering.cli;

import java.lang.management.ManagementFactory;

/** What the heap holds. */
final class Heap {
    private Heap() {}

    /** Bytes in use right after a collection. */
    static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Bytes in use when also that is gone which the first collection only hands to its cleaner: for differences of a few. */
    static long settledBytes() {
        System.gc();
        return usedBytes();
    }
}
