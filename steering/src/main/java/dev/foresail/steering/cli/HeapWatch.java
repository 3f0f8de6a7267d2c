package dev.foresail.steering.cli;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** Watches what the heap holds right after collections. Thread-safe. */
final class HeapWatch implements AutoCloseable {
    private static final String WHOLE_HEAP = "end of major GC";

    private final long limitBytes;
    private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(pool -> pool.getName())
            .collect(Collectors.toSet());
    private final List<NotificationEmitter> emitters = new ArrayList<>();
    private final NotificationListener listener = (notification, unused) -> collected(notification);
    private long lastBytes;
    private long largestBytes;
    private boolean lastWasWhole = true;

    /** @param limitBytes what is above it is measured again after a collection of the whole heap */
    HeapWatch(long limitBytes) {
        this.limitBytes = limitBytes;
        for (java.lang.management.GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (bean instanceof GarbageCollectorMXBean && bean instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(listener, null, null);
                emitters.add(emitter);
            }
        }
    }

    private void collected(Notification notification) {
        if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            GarbageCollectionNotificationInfo info =
                    GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
            measured(
                    heapOf(info.getGcInfo().getMemoryUsageAfterGc()),
                    info.getGcAction().equals(WHOLE_HEAP));
        }
    }

    private long heapOf(Map<String, MemoryUsage> pools) {
        return pools.entrySet().stream()
                .filter(pool -> heapPools.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
    }

    private synchronized void measured(long bytes, boolean whole) {
        lastBytes = bytes;
        lastWasWhole = whole;
        largestBytes = Math.max(largestBytes, bytes);
    }

    /**
     * Bytes in use after the last collection, 0 before the first. A collection of young objects leaves old garbage behind,
     * so what it says does not end a search before the whole heap was collected.
     */
    long lastBytes() {
        if (mayBeGarbage()) {
            measured(Heap.usedBytes(), true);
        }
        synchronized (this) {
            return lastBytes;
        }
    }

    private synchronized boolean mayBeGarbage() {
        return lastBytes > limitBytes && !lastWasWhole;
    }

    /** The most that was in use after a collection; collects when there was none yet. */
    long largestBytes() {
        long largest;
        synchronized (this) {
            largest = largestBytes;
        }
        return largest > 0 ? largest : Heap.usedBytes();
    }

    @Override
    public void close() {
        for (NotificationEmitter emitter : emitters) {
            try {
                emitter.removeNotificationListener(listener);
            } catch (ListenerNotFoundException gone) {
                // nothing to be taken away
            }
        }
    }
}
