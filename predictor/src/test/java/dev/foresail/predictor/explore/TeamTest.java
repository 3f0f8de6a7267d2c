package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TeamTest {
    private final ExecutorService pool = Executors.newFixedThreadPool(3);

    @AfterEach
    void shutDown() {
        pool.shutdownNow();
    }

    @Test
    void everyNumberIsGivenOnceAndTheFirstToTheCaller() {
        Set<Integer> numbers = new ConcurrentSkipListSet<>();
        Thread caller = Thread.currentThread();
        CountDownLatch all = new CountDownLatch(3);
        new Team(pool, 3).run(number -> {
            assertTrue(numbers.add(number));
            assertEquals(number == 0, Thread.currentThread().equals(caller));
            all.countDown();
            awaitQuietly(all);
        });
        assertEquals(Set.of(0, 1, 2), numbers);
    }

    /** The only thread of the pool is the one that waits for the others. */
    @Test
    void theCallerDoesWhatNoOtherThreadIsThereFor() throws Exception {
        ExecutorService single = Executors.newFixedThreadPool(1);
        try {
            Set<Integer> numbers = new ConcurrentSkipListSet<>();
            single.submit(() -> new Team(single, 3).run(numbers::add)).get();
            assertEquals(Set.of(0, 1, 2), numbers);
        } finally {
            single.shutdownNow();
        }
    }

    @Test
    void theCallerDoesWhatAPoolDrops() {
        Set<Integer> numbers = new ConcurrentSkipListSet<>();
        new Team(dropped -> {}, 3).run(numbers::add);
        assertEquals(Set.of(0, 1, 2), numbers);
    }

    @Test
    void whoComesTooLateFindsNothingToDo() {
        List<Runnable> late = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        new Team(late::add, 3).run(numbers::add);
        late.forEach(Runnable::run);
        assertEquals(List.of(0, 1, 2), numbers);
    }

    @Test
    void whatAnyWorkerThrowsArrives() {
        for (int thrower = 0; thrower < 3; thrower++) {
            int number = thrower;
            IllegalStateException thrown = new IllegalStateException("worker " + number);
            assertSame(
                    thrown,
                    assertThrows(
                            IllegalStateException.class,
                            () -> new Team(pool, 3).run(each -> fail(each, number, thrown))));
            AssertionError error = new AssertionError("worker " + number);
            assertSame(
                    error,
                    assertThrows(AssertionError.class, () -> new Team(pool, 3).run(each -> fail(each, number, error))));
        }
    }

    private static void fail(int worker, int thrower, RuntimeException thrown) {
        if (worker == thrower) {
            throw thrown;
        }
    }

    private static void fail(int worker, int thrower, Error thrown) {
        if (worker == thrower) {
            throw thrown;
        }
    }

    /** The worker goes on only after the caller has thrown, and has ended when the caller hears of it. */
    @Test
    void theCallerWaitsForAllEvenIfItThrowsOrIsInterrupted() {
        CountDownLatch thrown = new CountDownLatch(1);
        AtomicBoolean began = new AtomicBoolean();
        AtomicBoolean ended = new AtomicBoolean();
        Thread.currentThread().interrupt();
        assertThrows(
                IllegalStateException.class,
                () -> new Team(pool, 2).run(number -> {
                    if (number == 0) {
                        spinUntil(began);
                        thrown.countDown();
                        throw new IllegalStateException("enough");
                    }
                    began.set(true);
                    awaitQuietly(thrown);
                    ended.set(true);
                }));
        assertTrue(ended.get());
        assertTrue(Thread.interrupted(), "the interruption is not swallowed");
    }

    /** The pool takes one worker and refuses the next: the one it took has ended before the refusal is told. */
    @Test
    void theCallerWaitsForThoseThatWereTakenBeforeOneWasRefused() {
        AtomicBoolean began = new AtomicBoolean();
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch refused = new CountDownLatch(1);
        int[] taken = new int[1];
        Team team = new Team(
                task -> {
                    if (taken[0]++ > 0) {
                        spinUntil(began);
                        refused.countDown();
                        throw new RejectedExecutionException("full");
                    }
                    pool.execute(task);
                },
                3);
        assertThrows(
                RejectedExecutionException.class,
                () -> team.run(number -> {
                    began.set(true);
                    awaitQuietly(refused);
                    ended.set(true);
                }));
        assertTrue(ended.get());
    }

    /** Waits though it is interrupted. */
    private static void spinUntil(AtomicBoolean flag) {
        while (!flag.get()) {
            Thread.onSpinWait();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
