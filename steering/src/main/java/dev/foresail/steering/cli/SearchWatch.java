package dev.foresail.steering.cli;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.guardrail.HandlerNeverReturnsError;
import dev.foresail.predictor.guardrail.LoopGuard;
import dev.foresail.predictor.guardrail.QuestionFailedException;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchReport.Ended;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Waits for a search, but not for ever. A search looks at its limits between rounds only, and a handler that stays inside a
 * loop of a library is not stopped by counting steps. No thread can be killed from outside; so whoever waits goes on with
 * what is known, and the end of the process ends the search. For one search; used on one thread.
 *
 * <p>A handler is taken for one that never returns when the same run was under way at every look for a minute. Looks are
 * counted, not hours: a process that was suspended has not looked.
 */
final class SearchWatch {
    private static final long LOOK_MILLIS = 250;
    private static final long PATIENCE_LOOKS = TimeUnit.SECONDS.toMillis(60) / LOOK_MILLIS;
    private static final long GRACE_LOOKS = TimeUnit.SECONDS.toMillis(10) / LOOK_MILLIS;

    private final Machine<?> machine;
    private final SearchSettings settings;
    private final LongSupplier clockNanos;
    private final Interruption interruption;
    private final long lookMillis;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Map<Thread, Stay> stays = new HashMap<>();
    private Optional<StackTraceElement> fullAt = Optional.empty();
    private boolean cameBack;
    private volatile Reached reached = new Reached(0, 0, 0);

    SearchWatch(Machine<?> machine, SearchSettings settings, LongSupplier clockNanos, Interruption interruption) {
        this(machine, settings, clockNanos, interruption, LOOK_MILLIS);
    }

    /** @param lookMillis the pause between two looks */
    SearchWatch(
            Machine<?> machine,
            SearchSettings settings,
            LongSupplier clockNanos,
            Interruption interruption,
            long lookMillis) {
        this.machine = machine;
        this.settings = settings;
        this.clockNanos = clockNanos;
        this.interruption = interruption;
        this.lookMillis = lookMillis;
    }

    /** For how many looks a thread has been in the same run. */
    private record Stay(long run, long looks) {}

    private record Reached(int depth, long worlds, long transitions) {}

    /** The threads of the search; they do not keep the process alive. */
    Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "foresail-search");
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    /** Hears how far the search is; on any thread. */
    void reached(int depth, long worlds, long transitions) {
        reached = new Reached(depth, worlds, transitions);
    }

    /** Whether the search has reported itself. */
    boolean cameBack() {
        return cameBack;
    }

    /**
     * What the search reports; when it does not come back, what is known without it.
     *
     * @throws QuestionFailedException FS269 when a property, constraint or history stays in a library
     */
    SearchReport await(Future<SearchReport> search) throws ExecutionException, InterruptedException {
        long startNanos = clockNanos.getAsLong();
        long overdue = 0;
        while (true) {
            try {
                SearchReport report = search.get(lookMillis, TimeUnit.MILLISECONDS);
                cameBack = true;
                return report;
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof OutOfMemoryError full) {
                    fullAt = own(full.getStackTrace()).stream().findFirst();
                    return report(Ended.MEMORY, clockNanos.getAsLong() - startNanos, List.of());
                }
                throw failed;
            } catch (TimeoutException stillRunning) {
                long nanos = clockNanos.getAsLong() - startNanos;
                boolean isOver = nanos >= settings.maxNanos() || interruption.isRequested();
                overdue = isOver ? overdue + 1 : 0;
                long patience = overdue > GRACE_LOOKS ? GRACE_LOOKS : PATIENCE_LOOKS;
                Optional<Thread> stuck = look(patience);
                if (stuck.isPresent()) {
                    return report(Ended.VIOLATION, nanos, List.of(violation(stuck.get(), patience)));
                } else if (overdue > GRACE_LOOKS) {
                    return report(interruption.isRequested() ? Ended.INTERRUPTED : Ended.TIME, nanos, List.of());
                }
            }
        }
    }

    /** The protocol's line at which there was no more memory, when that is how the search ended. */
    Optional<StackTraceElement> heapFullAt() {
        return fullAt;
    }

    /** A thread that was in the same run at each of the last {@code patience} looks. */
    private Optional<Thread> look(long patience) {
        Map<Thread, Long> underWay = LoopGuard.underWay();
        underWay.keySet().retainAll(threads);
        stays.keySet().retainAll(underWay.keySet());
        underWay.forEach((thread, run) -> stays.merge(
                thread,
                new Stay(run, 1),
                (before, now) -> before.run() == run ? new Stay(run, before.looks() + 1) : now));
        return stays.entrySet().stream()
                .filter(stay -> stay.getValue().looks() >= patience)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private Violation violation(Thread stuck, long looks) {
        StackTraceElement[] stack = stuck.getStackTrace();
        List<StackTraceElement> own = own(stack);
        String handler = own.isEmpty()
                ? "a handler of " + machine.protocol()
                : "the handler " + machine.protocol() + "."
                        + own.get(own.size() - 1).getMethodName();
        String where = "it has run for " + looks * LOOK_MILLIS / TimeUnit.SECONDS.toMillis(1) + " s"
                + (own.isEmpty() ? "" : " and is at " + own.get(0)) + "; it cannot be stopped";
        if (QuestionFailedException.isAsked(stack)) {
            throw QuestionFailedException.neverReturns(
                    "a property, constraint or history of " + machine.protocol(), where);
        }
        return new Violation(
                SystemModel.HANDLER_THREW,
                false,
                0,
                List.of(),
                "[" + HandlerNeverReturnsError.CODE + "] " + handler + " does not return: " + where
                        + ", so the path to it is not known");
    }

    /** The lines in the protocol's code, innermost first, without its machine, which merely calls it. */
    private List<StackTraceElement> own(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> ClassPathOptions.OWN_CODE.contains(frame.getClassName()))
                .filter(frame -> !frame.getClassName().equals(machine.getClass().getName()))
                .toList();
    }

    private SearchReport report(Ended ended, long nanos, List<Violation> violations) {
        Reached last = reached;
        return new SearchReport(
                settings.kind(),
                last.worlds,
                last.transitions,
                0,
                0,
                0,
                last.depth,
                nanos,
                List.of(),
                ended,
                violations,
                0,
                List.of(),
                true);
    }
}
