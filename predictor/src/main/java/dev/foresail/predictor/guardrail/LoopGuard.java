package dev.foresail.predictor.guardrail;

import java.util.Arrays;
import java.util.Optional;

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
    private static final ThreadLocal<Count> COUNT = ThreadLocal.withInitial(Count::new);

    private LoopGuard() {}

    private static final class Count {
        private long limit = NO_LIMIT;
        private long left = NO_LIMIT;
        private Optional<HandlerNeverReturnsError> stopped = Optional.empty();

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
        COUNT.get().reset(limit);
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
        if (stopped.isPresent()) {
            throw stopped.get();
        }
    }

    private static Optional<StackTraceElement> innermost(Throwable here) {
        return Arrays.stream(here.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith(LoopGuard.class.getName()))
                .findFirst();
    }
}
