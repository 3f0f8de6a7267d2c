package dev.foresail.eval.explorer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link ExactCountsTest}, for models that a naive search is too slow for. */
class ExactCountsOfLargeModelsTest {
    /** What TLC counts; two-phase commit with 6 resource managers is from Stateright and DSLabs. */
    static Stream<Oracle> large() {
        return Stream.of(
                Oracle.holds(50_816, 402_305, 19, "twophase", 6, 0),
                Oracle.holds(296_448, 2_744_705, 22, "twophase", 7, 8),
                Oracle.holds(185_369, 1_361_379, 24, "paxos-sets", 3, 3, 2));
    }

    /** With 9 resource managers it is what Stateright counts. */
    static Stream<Oracle> millions() {
        return Stream.of(
                Oracle.holds(1_745_408, 18_507_777, 25, "twophase", 8, 0),
                Oracle.holds(1_321_761, 16_959_158, 27, "paxos-commit"),
                Oracle.holds(10_340_352, 123_558_401, 28, "twophase", 9, 0));
    }

    @ParameterizedTest
    @MethodSource("large")
    void theExplorerCountsExactly(Oracle oracle) {
        oracle.check(explore(oracle.model()));
    }

    @Tag("large")
    @ParameterizedTest
    @MethodSource("millions")
    void theExplorerCountsMillionsExactly(Oracle oracle) {
        oracle.check(explore(oracle.model()));
    }

    @Test
    void aHandlerRunsForLessThanOneInAThousandTransitions() {
        Oracle oracle = Oracle.holds(296_448, 2_744_705, 22, "twophase", 7, 0);
        SearchReport report = explore(oracle.model());
        oracle.check(report);
        assertTrue(report.handlerRuns() * 1000 < report.transitions(), report.handlerRuns() + " handler runs");
    }

    private static <S> SearchReport explore(SystemModel<S> model) {
        return new Explorer<>(model, SearchResources.of(Runnable::run)).search(SearchSettings.DEFAULT);
    }
}
