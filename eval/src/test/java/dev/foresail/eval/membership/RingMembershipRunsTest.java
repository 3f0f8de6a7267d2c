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
                "--nodes 12 --seed 2 --set doubling=2s --until 25s",
                "--nodes 8 --seed 3 --until 70s --set doubling=2s --faults crash@6/min,cut@6/min,break@10/min",
                "--nodes 6 --seed 4 --until 70s --set doubling=2s --faults amnesia@3/min,partition@3/min"
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
        assertEquals(List.of(), violations(walks(15), Map.of()));
        assertEquals(List.of(), violations(walks(5), Map.of("memory", "10s")));
        assertEquals(List.of(), violations(consequences(5), Map.of("snapshot", "ring")));
    }

    private static SearchSettings walks(int count) {
        return SearchSettings.DEFAULT.withKind(SearchKind.WALK).withWalks(count).withMaxDepth(1000);
    }

    @ParameterizedTest
    @CsvSource({"RM-3, isAMemberInItsOwnView", "RM-5, whoIsCountedHasVoted"})
    void everyBugIsFound(String bug, String property) {
        List<String> found = violations(consequences(7), Map.of("bug", bug, "snapshot", "ring", "nodes", "3"));
        assertTrue(found.contains(property), found::toString);
    }

    /** It takes a step of each of two nodes that has nothing to do with the other one's, which prediction does not look for. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "RM-1", "RM-4"})
    void bothOfTwoNodesSayThatTheOtherIsDeadWhenOneAloneMay(String bug) {
        SearchSettings exhaustive =
                SearchSettings.DEFAULT.withKind(SearchKind.EXHAUSTIVE).withMaxDepth(4);
        assertEquals(
                bug.equals("none") ? List.of() : List.of("verdictsDoNotContradictEachOther"),
                violations(exhaustive, Map.of("bug", bug, "snapshot", "ring", "nodes", "2")));
    }

    /** Its verdict on the other one need not be the last that a node has given. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "RM-1", "RM-4"})
    void ofThreeNodesNoTwoSayThatTheOtherIsDead(String bug) {
        SearchSettings exhaustive =
                SearchSettings.DEFAULT.withKind(SearchKind.EXHAUSTIVE).withMaxDepth(4);
        List<String> found = violations(exhaustive, Map.of("bug", bug, "snapshot", "ring", "nodes", "3"));
        assertEquals(!bug.equals("none"), found.contains("verdictsDoNotContradictEachOther"), found::toString);
    }

    @Test
    void whoTakesAnEarlierLifeForTheLastOneTellsOthersOfIt() {
        assertEquals(
                List.of("nobodyTellsOfAnEarlierLife"), violations(walks(100), Map.of("bug", "RM-2", "nodes", "3")));
    }
}
