package dev.foresail.eval.experiment;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Optional;
import java.util.stream.Stream;

/** What this process holds. */
public final class Memory {
    private Memory() {}

    /**
     * What one sample says.
     *
     * @param liveHeapBytes what the heap held right after a collection of all of it
     * @param directBytes buffers outside of the heap, of the JVM and of Netty
     */
    public record Sample(long liveHeapBytes, long directBytes) {}

    /**
     * Collects all of the heap and looks at what was left: not at what is in use later, when nodes have allocated again.
     *
     * @return empty when the JVM was told not to collect on request, so that nothing can be said
     */
    public static Optional<Sample> sample() {
        long before = collections();
        System.gc();
        return collections() == before ? Optional.empty() : Optional.of(new Sample(afterCollection(), direct()));
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static long afterCollection() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .flatMap(Stream::<MemoryUsage>ofNullable)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }

    private static long direct() {
        long ofJvm = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return ofJvm + ofNetty();
    }

    private static long ofNetty() {
        return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider netty
                ? netty.metric().usedDirectMemory()
                : 0;
    }
}
