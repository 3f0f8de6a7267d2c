package dev.foresail.steering.live;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A thread of the process, of the lowest priority, for what takes its time and nobody waits for. It ends when there was nothing to do for
 * a while. What has no room is refused.
 */
final class Background {
    private static final int MOST_WAITING = 64;
    private static final long IDLE_SECONDS = 30;

    private Background() {}

    static Executor thread() {
        return Holder.THREAD;
    }

    /** Made when it is needed. */
    private static final class Holder {
        private static final ThreadPoolExecutor THREAD = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                new DefaultThreadFactory("foresail-background", true, Thread.MIN_PRIORITY));

        static {
            THREAD.allowCoreThreadTimeOut(true);
        }
    }
}
