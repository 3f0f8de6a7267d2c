package dev.foresail.eval.macetree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.eval.knownbugs.Explorations;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts that were worked out with two other programs for the same model: exact ones of the semantics. */
public final class MaceTreeTableTest {
    private static SystemModel<MaceRandTree> model(String snapshot) {
        return Explorations.model(
                new MaceRandTreeMachine(),
                new MaceTreeScenario(),
                Map.of("snapshot", snapshot, "bug", "RT-1,RT-2,RT-3"));
    }

    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);

    private static SearchSettings settings(SearchKind kind, int depth) {
        return SearchSettings.DEFAULT.withKind(kind).beyondViolations().withMaxDepth(depth);
    }

    private static List<Long> cumulative(SearchKind kind, int depth) {
        return cumulative(new NaiveExplorer(RESOURCES, false).search(model("star-below"), settings(kind, depth)));
    }

    private static List<Long> explored(SearchKind kind, int depth) {
        return cumulative(new Explorer<>(model("star-below"), RESOURCES).search(settings(kind, depth)));
    }

    private static List<Long> cumulative(SearchReport report) {
        List<Long> sums = new ArrayList<>();
        long sum = 0;
        for (long worlds : report.worldsByDepth()) {
            sum += worlds;
            sums.add(sum);
        }
        return sums;
    }

    @Test
    public void everyWorldOfTheFiveNodesIsCounted() {
        assertEquals(firstOf(EXHAUSTIVE, 9), cumulative(SearchKind.EXHAUSTIVE, 8));
    }

    @Test
    public void everyWorldThatPredictionLooksAtIsCounted() {
        assertEquals(List.of(1L, 10L, 23L, 56L, 126L, 237L), firstOf(cumulative(SearchKind.CONSEQUENCE, 5), 6));
    }

    private static final List<Long> EXHAUSTIVE =
            List.of(1L, 10L, 50L, 186L, 589L, 1689L, 4543L, 11732L, 29515L, 72908L, 177593L, 427734L, 1020197L);

    @Test
    public void theExplorerCountsTheSame() {
        assertEquals(firstOf(EXHAUSTIVE, 10), explored(SearchKind.EXHAUSTIVE, 9));
    }

    @Tag("large")
    @Test
    public void theExplorerCountsAMillionWorldsToTheTwelfthAction() {
        assertEquals(EXHAUSTIVE, explored(SearchKind.EXHAUSTIVE, 12));
    }

    /** Which world is the first to have a local state depends on the order of expansion, so here it must be the table's. */
    @Test
    public void predictionCountsWhatTheTableHasToTheSixteenthAction() {
        assertEquals(
                List.of(
                        1L, 10L, 23L, 56L, 126L, 237L, 398L, 617L, 898L, 1214L, 1562L, 1920L, 2271L, 2604L, 2925L,
                        3227L, 3493L),
                FifoSearch.cumulativeWorlds(model("star-below"), true, 16));
    }

    @Test
    public void withoutPruningTheOrderDoesNotMatter() {
        assertEquals(firstOf(EXHAUSTIVE, 8), FifoSearch.cumulativeWorlds(model("star-below"), false, 7));
    }

    /** The explorer's order is another one than the table's: from the sixth action on it has other worlds, nearly as many. */
    @Test
    public void predictionLooksAtLessThanAFourHundredthPart() {
        List<Long> sums = explored(SearchKind.CONSEQUENCE, 12);
        assertEquals(List.of(1L, 10L, 23L, 56L, 126L, 237L), firstOf(sums, 6));
        assertEquals(2_273L, sums.get(12));
    }

    private static List<Long> firstOf(List<Long> sums, int count) {
        return sums.subList(0, count);
    }

    /**
     * @param predicted worlds stored until prediction takes the first violation out
     * @param exhaustive the same of the exhaustive search
     */
    @ParameterizedTest
    @CsvSource({
        "chain, familyIsDisjoint, 20, 56, 4",
        "alone, recoveryIsArmed, 3, 3, 1",
        "star-joining, rootHasNoSiblings, 61, 188, 3",
        "chain-wide, familyIsDisjoint, 159, 2289, 4"
    })
    public void theFirstViolationIsWhereTheTableHasIt(
            String snapshot, String property, int predicted, int exhaustive, int depth) {
        FifoSearch.Found prediction = FifoSearch.search(model(snapshot), property, true);
        FifoSearch.Found search = FifoSearch.search(model(snapshot), property, false);
        assertEquals(predicted, prediction.worlds());
        assertEquals(exhaustive, search.worlds());
        assertEquals(Optional.of(depth), prediction.path().map(List::size));
        assertEquals(Optional.of(depth), search.path().map(List::size));
    }

    @Test
    public void twoIndependentCausesAreBeyondPrediction() {
        assertEquals(
                new FifoSearch.Found(152, Optional.empty()),
                FifoSearch.search(model("star"), "rootHasNoSiblings", true));
        FifoSearch.Found search = FifoSearch.search(model("star"), "rootHasNoSiblings", false);
        assertEquals(254, search.worlds());
        assertEquals(Optional.of(4), search.path().map(List::size));
    }
}
