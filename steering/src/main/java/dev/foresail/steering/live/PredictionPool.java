package dev.foresail.steering.live;

import dev.foresail.predictor.lookahead.Prediction;
import dev.foresail.predictor.resolve.PredictionExecutor;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads of lower priority that make predictions, for one node or for several. What is waiting is bounded: beyond that, a
 * prediction has no result, and the fast policy decides. Thread-safe.
 */
public final class PredictionPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PredictionPool.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int MOST_WAITING = 256;

    private final AtomicLong names = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final ThreadPoolExecutor threads;

    /** @param count how many threads, at least 1 */
    public PredictionPool(int count) {
        this(count, MOST_WAITING);
    }

    PredictionPool(int count, int mostWaiting) {
        threads = new ThreadPoolExecutor(
                count, count, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(mostWaiting), this::thread);
    }

    /**
     * Nothing relies on the priority; where the system heeds it, event loops come first. On Linux it does when the JVM is told
     * to (docs/operations.md, "Who comes first").
     */
    @SuppressWarnings("ThreadPriorityCheck")
    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "foresail-prediction-" + names.incrementAndGet());
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }

    /** How many predictions had no place. */
    public long rejected() {
        return rejected.get();
    }

    /** For what takes its time and what predictions rest on. Refuses, with a {@link RejectedExecutionException}, what has no room. */
    Executor unhurried() {
        return threads;
    }

    /** Predictions for one node, whose results {@code loop} hands over. */
    public PredictionExecutor handingOverTo(Executor loop) {
        return new PredictionExecutor() {
            @Override
            public <P extends Prediction> void execute(Supplier<P> prediction, Consumer<Optional<P>> whenDone) {
                try {
                    threads.execute(() -> predict(prediction, made -> handOver(loop, whenDone, made)));
                } catch (RejectedExecutionException full) {
                    rejected.incrementAndGet();
                    handOver(loop, whenDone, Optional.empty());
                }
            }

            @Override
            public long processorNanos() {
                return Math.max(0, THREADS.getCurrentThreadCpuTime());
            }
        };
    }

    /** Hands something over whatever the prediction throws: it runs the author's code, which may throw errors too. */
    private <P> void predict(Supplier<P> prediction, Consumer<Optional<P>> handOver) {
        Optional<P> made = Optional.empty();
        try {
            made = Optional.of(prediction.get());
        } catch (Throwable failure) {
            logFailure(failure);
        } finally {
            handOver.accept(made);
        }
    }

    /** At doublings only: what fails at every choice is not to fill the log. */
    private void logFailure(Throwable failure) {
        long count = failed.incrementAndGet();
        if (Long.bitCount(count) == 1) {
            LOG.warn("[FS152] a prediction failed: {} so far", count, failure);
        }
    }

    private static <P> void handOver(Executor loop, Consumer<Optional<P>> whenDone, Optional<P> made) {
        try {
            loop.execute(() -> whenDone.accept(made));
        } catch (RejectedExecutionException ended) {
            LOG.debug("a prediction came after the end of its node");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
