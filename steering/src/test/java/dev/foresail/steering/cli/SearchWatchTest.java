package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.guardrail.GuardedRun;
import dev.foresail.predictor.guardrail.QuestionFailedException;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchReport.Ended;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import dev.foresail.steering.fixture.KitchenMachine;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SearchWatchTest {
    private static final long OFTEN_MILLIS = 1;

    private final CompletableFuture<SearchReport> never = new CompletableFuture<>();
    private final Interruption interruption = new Interruption();

    @AfterEach
    void letGo() {
        never.cancel(false);
    }

    private SearchWatch watch(SearchSettings settings) {
        return new SearchWatch(new KitchenMachine(), settings, () -> 10, interruption, OFTEN_MILLIS);
    }

    @Test
    void aHandlerThatStaysInALibraryIsAViolation() throws Exception {
        SearchWatch watch = watch(SearchSettings.DEFAULT);
        ExecutorService workers = Executors.newCachedThreadPool(watch::newThread);
        watch.reached(3, 40, 500);
        SearchReport report = watch.await(workers.submit(() -> GuardedRun.step(() -> "", 1, never::join)));
        workers.shutdown();
        assertEquals(Ended.VIOLATION, report.ended());
        assertFalse(watch.cameBack(), "whoever goes on must not enter the handler again");
        assertEquals(40, report.distinctWorlds());
        Violation violation = report.violations().get(0);
        assertEquals("handler-threw", violation.property());
        assertTrue(
                violation.detail().startsWith("[FS268] a handler of kitchen does not return: it has run for 60 s"),
                violation.detail());
    }

    @Test
    void aPropertyThatStaysInALibraryIsNoViolation() {
        SearchWatch watch = watch(SearchSettings.DEFAULT);
        ExecutorService workers = Executors.newCachedThreadPool(watch::newThread);
        Future<SearchReport> search = workers.submit(() -> GuardedRun.ask(() -> "", () -> "", never::join));
        QuestionFailedException failed = assertThrows(QuestionFailedException.class, () -> watch.await(search));
        workers.shutdown();
        assertTrue(
                failed.getMessage()
                        .startsWith(
                                "[FS269] a property, constraint or history of kitchen does not return: it has run for 60 s"),
                failed.getMessage());
    }

    @Test
    void aSearchThatReportsHasComeBack() throws Exception {
        SearchWatch watch = watch(SearchSettings.DEFAULT);
        SearchReport report = new SearchReport(
                SearchKind.EXHAUSTIVE, 1, 0, 0, 0, 0, 0, 0, List.of(), Ended.EXHAUSTED, List.of(), 0, List.of(), true);
        assertEquals(report, watch.await(CompletableFuture.completedFuture(report)));
        assertTrue(watch.cameBack(), "it has");
    }

    @Test
    void aSearchThatDoesNotComeBackInTimeClaimsNothing() throws Exception {
        SearchReport report = watch(SearchSettings.DEFAULT.withMaxNanos(0)).await(never);
        assertEquals(Ended.TIME, report.ended());
        assertEquals(List.of(), report.violations());
    }

    @Test
    void whoAsksForTheEndGetsIt() throws Exception {
        interruption.request();
        assertEquals(
                Ended.INTERRUPTED, watch(SearchSettings.DEFAULT).await(never).ended());
    }

    @Test
    void noMemoryIsNoVerdict() throws Exception {
        SearchWatch watch = watch(SearchSettings.DEFAULT);
        never.completeExceptionally(new OutOfMemoryError("Java heap space"));
        assertEquals(Ended.MEMORY, watch.await(never).ended());
    }
}
