package dev.foresail.eval.explorer;

import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Searches find exactly as many worlds, ways from one to the next, and levels as others count in the same model. */
class ExactCountsTest {
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);
    private static final SearchSettings TO_THE_END = SearchSettings.DEFAULT.beyondViolations();

    /** What TLC counts, and of what is not from a specification what DSLabs or Stateright counts. */
    static Stream<Oracle> specifications() {
        return Stream.of(
                Oracle.holds(288, 1_145, 10, "twophase", 3, 0),
                Oracle.holds(1_568, 8_257, 13, "twophase", 4, 0),
                Oracle.holds(8_832, 58_145, 16, "twophase", 5, 0),
                Oracle.holds(288, 1_145, 10, "twophase", 3, 8),
                Oracle.holds(177, 772, 11, "single-decree", 1),
                Oracle.holds(31_329, 190_767, 22, "single-decree", 2),
                Oracle.holds(25, 81, 8, "paxos-sets", 2, 1, 1),
                Oracle.holds(3_921, 23_562, 16, "paxos-sets", 2, 3, 2));
    }

    static Stream<Oracle> smallModels() {
        return SmallOracles.all();
    }

    @ParameterizedTest
    @MethodSource({"specifications", "smallModels"})
    void theNaiveExplorerCountsExactly(Oracle oracle) {
        oracle.check(new NaiveExplorer(RESOURCES, false).search(oracle.model(), TO_THE_END));
    }

    @ParameterizedTest
    @MethodSource({"specifications", "smallModels"})
    void theExplorerCountsExactly(Oracle oracle) {
        oracle.check(explore(oracle.model()));
    }

    private static <S> SearchReport explore(SystemModel<S> model) {
        return new Explorer<>(model, RESOURCES).search(TO_THE_END);
    }
}
