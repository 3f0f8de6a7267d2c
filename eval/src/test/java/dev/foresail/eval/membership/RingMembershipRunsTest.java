package dev.foresail.eval.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.eval.knownbugs.Explorations;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RingMembershipRunsTest {
    private static List<String> violations(SearchSettings settings, Map<String, String> parameters) {
        SystemModel<RingMembership> model =
                Explorations.model(new RingMembershipMachine(), new MembershipExploration(), parameters);
        SearchReport report = new Explorer<>(model, SearchResources.of(Runnable::run)).search(settings);
        return report.violations().stream()
                .map(violation -> violation.property())
                .distinct()
                .toList();
    }

    private static SearchSettings consequences(int depth) {
        return SearchSettings.DEFAULT.withKind(SearchKind.CONSEQUENCE).withMaxDepth(depth);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--nodes 40 --seed 2 --set doubling=2s --until 25s",
                "--nodes 20 --seed 3 --until 120s --set doubling=2s --faults crash@6/min,cut@6/min,break@10/min",
                "--nodes 8 --seeds 2 --until 120s --set doubling=2s --faults amnesia@3/min,partition@3/min"
            })
    void everybodyKnowsWhoIsThere(String run) {
        StringWriter out = new StringWriter();
        List<String> arguments = List.of(("simulate ring-membership " + run).split(" ")).stream()
                .map(word -> word.replace('@', ' '))
                .toList();
        int code = Foresail.execute(arguments, new PrintWriter(out), new PrintWriter(out), new Interruption(), false);
        assertEquals(ExitCode.DONE, code, out::toString);
    }

    @Test
    void noOrderOfEventsMakesTheViewsDifferForEver() {
        SearchSettings walks =
                SearchSettings.DEFAULT.withKind(SearchKind.WALK).withWalks(15).withMaxDepth(1000);
        assertEquals(List.of(), violations(walks, Map.of()));
        assertEquals(List.of(), violations(consequences(5), Map.of("snapshot", "ring")));
    }

    @ParameterizedTest
    @CsvSource({"RM-1, verdictsHaveAMajority", "RM-2, handler-threw", "RM-3, isAMemberInItsOwnView"})
    void everyBugIsFound(String bug, String property) {
        List<String> found = violations(consequences(7), Map.of("bug", bug, "snapshot", "ring", "nodes", "3"));
        assertTrue(found.contains(property), found::toString);
    }
}
