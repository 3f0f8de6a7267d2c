package dev.foresail.steering.live;

import io.netty.channel.EventLoop;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an event loop from handling anything for some time, by holding its thread, as a stopped process does. Questions about
 * the node are answered meanwhile. Thread-safe.
 */
final class Pause {
    private static final Logger LOG = LoggerFactory.getLogger(ForesailNode.class);

    private final EventLoop loop;
    private final LinkedBlockingQueue<Runnable> questions = new LinkedBlockingQueue<>();
    private boolean holding;
    private long untilNanos;

    Pause(EventLoop loop) {
        this.loop = loop;
    }

    /** Holds the loop for so long from now; of pauses that overlap, the last end counts. */
    synchronized void hold(long nanos) {
        long until = RealClock.nanos() + nanos;
        untilNanos = holding ? Math.max(untilNanos, until) : until;
        if (!holding) {
            try {
                loop.execute(this::holdLoop);
                holding = true;
            } catch (RejectedExecutionException ended) {
                LOG.debug("paused a node that has ended");
            }
        }
    }

    private void holdLoop() {
        try {
            for (long left = leftNanos(); left > 0; left = leftNanos()) {
                Runnable question = questions.poll(left, TimeUnit.NANOSECONDS);
                if (question != null) {
                    question.run();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            end();
        }
    }

    private synchronized long leftNanos() {
        long left = untilNanos - RealClock.nanos();
        holding = left > 0;
        return left;
    }

    private synchronized void end() {
        untilNanos = RealClock.nanos();
        holding = false;
    }

    private synchronized boolean isHolding() {
        return holding;
    }

    /**
     * Runs a question on the loop, even while it is held.
     *
     * @throws RejectedExecutionException when the loop has ended
     */
    void ask(Runnable question) {
        AtomicBoolean asked = new AtomicBoolean();
        Runnable once = () -> {
            if (!asked.getAndSet(true)) {
                question.run();
            }
        };
        // Both ways: the pause may end before it comes to the question.
        loop.execute(once);
        if (isHolding()) {
            questions.add(once);
        }
    }

    /** Runs the last task of the loop, which ends a pause. */
    void askLast(Runnable last) {
        ask(() -> {
            end();
            last.run();
        });
    }
}
