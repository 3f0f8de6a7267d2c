package dev.foresail.eval.overhead;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/** The processor time of this process's event loops: what other processes do to the machine shows less in it than in rates. */
final class EventLoops {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private EventLoops() {}

    /** Of the threads that run now, since they have started. */
    static long cpuNanos() {
        long nanos = 0;
        for (long id : THREADS.getAllThreadIds()) {
            ThreadInfo thread = THREADS.getThreadInfo(id);
            if (thread != null && isEventLoop(thread.getThreadName())) {
                nanos += Math.max(0, THREADS.getThreadCpuTime(id));
            }
        }
        return nanos;
    }

    /** Live nodes' loops are named after their nodes. */
    private static boolean isEventLoop(String name) {
        return name.startsWith("foresail-n") || name.startsWith(BarePair.LOOP);
    }
}
