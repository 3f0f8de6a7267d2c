package dev.foresail.steering.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.lookahead.Evaluation;
import dev.foresail.predictor.resolve.PredictionExecutor;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PredictionPoolTest {
    private final BlockingQueue<Optional<Evaluation>> results = new LinkedBlockingQueue<>();

    private Optional<Evaluation> next() throws InterruptedException {
        return Optional.ofNullable(results.poll(30, TimeUnit.SECONDS)).orElseThrow();
    }

    @Test
    void aPredictionThatThrowsHasNoResultAndIsLogged() throws InterruptedException {
        try (PredictionPool pool = new PredictionPool(1);
                Logged logged = new Logged()) {
            PredictionExecutor executor = pool.handingOverTo(Runnable::run);
            executor.execute(
                    () -> {
                        throw new IllegalStateException("a metric that cannot cope");
                    },
                    results::add);
            assertEquals(Optional.empty(), next());
            assertTrue(logged.has("[FS152]"), logged::toString);
        }
    }

    @Test
    void anErrorHasNoResultEitherAndTheThreadGoesOn() throws InterruptedException {
        try (PredictionPool pool = new PredictionPool(1);
                Logged logged = new Logged()) {
            PredictionExecutor executor = pool.handingOverTo(Runnable::run);
            for (int count = 0; count < 2; count++) {
                executor.execute(
                        () -> {
                            throw new AssertionError("an invariant of the author's");
                        },
                        results::add);
                assertEquals(Optional.empty(), next());
            }
            assertTrue(logged.has("[FS152]"), logged::toString);
        }
    }

    /** A node predicts at every choice: its log is not to be filled with the same mistake. */
    @Test
    void failuresAreLoggedTheFirstTimeAndWheneverTheirNumberHasDoubled() throws InterruptedException {
        try (PredictionPool pool = new PredictionPool(1);
                Logged logged = new Logged()) {
            PredictionExecutor executor = pool.handingOverTo(Runnable::run);
            for (int count = 0; count < 20; count++) {
                executor.execute(
                        () -> {
                            throw new IllegalStateException("a metric that cannot cope at all");
                        },
                        results::add);
                assertEquals(Optional.empty(), next());
            }
            assertEquals(5, logged.count("[FS152] a prediction failed"), logged::toString);
            assertTrue(logged.has("16 so far"), logged::toString);
        }
    }

    @Test
    void beyondWhatMayWaitThereIsNoResultAtOnce() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        try (PredictionPool pool = new PredictionPool(1, 1)) {
            PredictionExecutor executor = pool.handingOverTo(Runnable::run);
            for (int count = 0; count < 3; count++) {
                executor.execute(() -> blockedBy(busy), results::add);
            }
            assertEquals(Optional.empty(), next());
            assertTrue(pool.rejected() >= 1);
            busy.countDown();
            next();
            next();
        }
    }

    private static Evaluation blockedBy(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("never a result");
    }

    /** A node that has ended leaves no thread behind, whatever its predictions rested on. */
    @Test
    void whatPredictionsRestOnIsWorkedOutByThreadsThatEndWithThePool() throws InterruptedException {
        BlockingQueue<Thread> workers = new LinkedBlockingQueue<>();
        Executor unhurried;
        Thread last;
        try (PredictionPool pool = new PredictionPool(1)) {
            unhurried = pool.unhurried();
            unhurried.execute(() -> workers.add(Thread.currentThread()));
            last = Optional.ofNullable(workers.poll(30, TimeUnit.SECONDS)).orElseThrow();
        }
        last.join(30_000);
        assertFalse(last.isAlive());
        Executor ended = unhurried;
        assertThrows(RejectedExecutionException.class, () -> ended.execute(() -> {}));
    }
}
