package dev.foresail.predictor.guardrail;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Counts the steps of the run that is under way on this thread. Classes that {@link GuardedClassLoader} defines call {@link
 * #step} at every jump backwards and at the beginning of every method; outside a run steps are not limited. Once a run has
 * passed its limit, every further step of it throws again, and so does its end, so that no {@code catch (Throwable)} saves
 * it. Each thread has a count of its own; nothing is left of a run when it has ended.
 *
 * <p>Loops of a library that call nothing of the protocol make no steps, for instance {@code
 * Stream.generate(AtomicLong::new).count()}: only ending the process stops those.
 */
public final class LoopGuard {
    /** How many steps a run may make where nothing else is said. */
    public static final long DEFAULT_LIMIT = 10_000_000;

    private static final long NO_LIMIT = Long.MAX_VALUE;
    private static final Map<Thread, Count> COUNTS = Collections.synchronizedMap(new WeakHashMap<>());
    private static final ThreadLocal<Count> COUNT = ThreadLocal.withInitial(LoopGuard::newCount);

    private LoopGuard() {}

    private static Count newCount() {
        Count count = new Count();
        COUNTS.put(Thread.currentThread(), count);
        return count;
    }

    private static final class Count {
        private long limit = NO_LIMIT;
        private long left = NO_LIMIT;
        private Optional<HandlerNeverReturnsError> stopped = Optional.empty();
        /** Beginnings and ends so far, so odd while a run is under way; written by the thread itself alone. */
        private volatile long turns;

        private HandlerNeverReturnsError pass() {
            left = 0;
            if (stopped.isEmpty()) {
                stopped = Optional.of(HandlerNeverReturnsError.of(
                        "it has made more than " + limit + " steps and is", innermost(new Throwable())));
            }
            return stopped.get();
        }

        private void reset(long steps) {
            limit = steps;
            left = steps;
            stopped = Optional.empty();
        }

        private void turn(boolean begins) {
            long next = turns + 1;
            turns = (next & 1) != 0 == begins ? next : next + 1;
        }
    }

    /**
     * A run begins on this thread; one that has not ended is forgotten.
     *
     * @param limit how many steps it may make, at least 1
     */
    public static void begin(long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a run may make at least 1 step, not " + limit);
        }
        Count count = COUNT.get();
        count.reset(limit);
        count.turn(true);
    }

    /** One step; generated code calls it. */
    public static void step() {
        Count count = COUNT.get();
        if (--count.left < 0) {
            throw count.pass();
        }
    }

    /**
     * The run has ended, whether by returning or by throwing. Without a run nothing happens.
     *
     * @throws HandlerNeverReturnsError when it had passed its limit, whatever it made of that
     */
    public static void end() {
        Count count = COUNT.get();
        Optional<HandlerNeverReturnsError> stopped = count.stopped;
        count.reset(NO_LIMIT);
        count.turn(false);
        if (stopped.isPresent()) {
            throw stopped.get();
        }
    }

    /**
     * The runs that are under way, each with a number that no other run of its thread has: who sees the same number again
     * much later sees a run that does not end. May be called on any thread.
     */
    public static Map<Thread, Long> underWay() {
        Map<Thread, Long> underWay = new HashMap<>();
        synchronized (COUNTS) {
            COUNTS.forEach((thread, count) -> {
                long turns = count.turns;
                if ((turns & 1) != 0) {
                    underWay.put(thread, turns);
                }
            });
        }
        return underWay;
    }

    private static Optional<StackTraceElement> innermost(Throwable here) {
        return Arrays.stream(here.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith(LoopGuard.class.getName()))
                .findFirst();
    }
}
