package dev.foresail.eval.macetree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.eval.knownbugs.Explorations;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Counts that were worked out with two other programs for the same model: exact ones of the semantics. */
public final class MaceTreeTableTest {
    private static SystemModel<MaceRandTree> model(String snapshot) {
        return Explorations.model(new MaceRandTreeMachine(), new MaceTreeScenario(), Map.of("snapshot", snapshot));
    }

    private static List<Long> cumulative(SearchKind kind, int depth) {
        SearchReport report = new NaiveExplorer(SearchResources.of(Runnable::run), false)
                .search(
                        model("star-below"),
                        SearchSettings.DEFAULT.withKind(kind).beyondViolations().withMaxDepth(depth));
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
        assertEquals(
                List.of(1L, 10L, 50L, 186L, 589L, 1689L, 4543L, 11732L, 29515L), cumulative(SearchKind.EXHAUSTIVE, 8));
    }

    @Test
    public void x() {
        for (String[] row : new String[][] {
            {"chain", "familyIsDisjoint"},
            {"chain-wide", "familyIsDisjoint"},
            {"alone", "recoveryIsArmed"},
            {"star", "rootHasNoSiblings"},
            {"star-joining", "rootHasNoSiblings"}
        }) {
            for (boolean p : new boolean[] {true, false}) {
                FifoSearch.Found found = FifoSearch.search(model(row[0]), row[1], p);
                System.out.println("ROW " + row[0] + " " + p + " " + found);
            }
        }
        System.out.println("ROW " + cumulative(SearchKind.CONSEQUENCE, 16));
    }
}
