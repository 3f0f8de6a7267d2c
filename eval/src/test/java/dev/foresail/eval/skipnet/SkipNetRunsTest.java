package dev.foresail.eval.skipnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.stack.Stack;
import dev.foresail.eval.knownbugs.Explorations;
import dev.foresail.eval.routing.Lookups;
import dev.foresail.eval.routing.RoutingScenario;
import dev.foresail.predictor.junit.SimulationTest;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SkipNetRunsTest {
    private static List<String> violations(SearchSettings settings, Map<String, String> parameters) {
        SystemModel<SkipNet> model = Explorations.model(new SkipNetMachine(), new SkipNetExploration(), parameters);
        SearchReport report = new Explorer<>(model, SearchResources.of(Runnable::run)).search(settings);
        return report.violations().stream()
                .map(violation -> violation.property())
                .distinct()
                .toList();
    }

    private static SearchSettings walks(int count) {
        return SearchSettings.DEFAULT.withKind(SearchKind.WALK).withWalks(count).withMaxDepth(1000);
    }

    private static SearchSettings consequences(int depth) {
        return SearchSettings.DEFAULT.withKind(SearchKind.CONSEQUENCE).withMaxDepth(depth);
    }

    /** With one neighbour on each side no node knows all others, so lookups take several hops. */
    @SimulationTest(
            protocol = Lookups.class,
            over = SkipNet.class,
            scenario = RoutingScenario.OfLookupsOverSkipNet.class,
            nodes = 16,
            seeds = 1,
            until = "30s",
            set = {"doubling=2s", "settling=10s", "lookups=5"},
            parameters = "leavesPerSide=1",
            resolver = ResolverSettings.Kind.FIRST)
    void everyKeyIsFoundAtTheNodeWhoseNumericIdIsClosest(Simulation<Stack> simulation) {
        Rings any = Rings.of(simulation.nodes().get(0), true, 1);
        for (NodeId id : simulation.nodes()) {
            Lookups lookups = simulation.view().state(id).layer(Lookups.class);
            assertEquals(5, lookups.answers());
            NodeId root = Collections.min(simulation.nodes(), any.byCloseness(lookups.key()));
            assertEquals(Optional.of(root), lookups.root());
        }
        assertTrue(simulation.failures().isEmpty());
    }

    @Test
    void theRingsAreWholeAgainAfterCrashesAndCuts() {
        StringWriter out = new StringWriter();
        String run =
                "simulate skipnet --nodes 8 --seed 3 --until 120s --set doubling=5s --faults crash@4/min,cut@4/min";
        List<String> arguments = List.of(run.split(" ")).stream()
                .map(word -> word.replace('@', ' '))
                .toList();
        int code = Foresail.execute(arguments, new PrintWriter(out), new PrintWriter(out), new Interruption(), false);
        assertEquals(ExitCode.DONE, code, out::toString);
    }

    /** With visits by name all the time, over rings in which each node knows one neighbour on each side. */
    @SimulationTest(
            protocol = SkipNet.class,
            scenario = SkipNetScenario.class,
            nodes = 10,
            seeds = 1,
            until = "100s",
            set = "doubling=2s",
            parameters = "leavesPerSide=1",
            faults = "swarm",
            resolver = ResolverSettings.Kind.FIRST)
    void messagesByNameStayAmongThoseWithTheirPrefixWhateverFails(Simulation<SkipNet> simulation) {
        assertTrue(simulation.failures().isEmpty());
    }

    @Test
    void noOrderOfEventsBreaksTheRings() {
        assertEquals(List.of(), violations(walks(6), Map.of()));
        assertEquals(List.of(), violations(walks(1), Map.of("nodes", "8", "hashed", "true")));
        assertEquals(List.of(), violations(consequences(4), Map.of("snapshot", "ring")));
    }

    @Test
    void ringsThatPartedStaySoWhenNobodyLooksForItsPlace() {
        Map<String, String> bug = Map.of("bug", "SN-1", "nodes", "2", "leaves", "0");
        assertEquals(List.of("ringsAreThoseThatAreThere"), violations(walks(60), bug));
    }

    @Test
    void aMessageThatIsLetPastItsNameIsSeen() {
        Map<String, String> bug = Map.of("bug", "SN-2", "snapshot", "ring");
        assertEquals(List.of("visitsStayAmongThoseWithTheirPrefix"), violations(consequences(4), bug));
    }

    @SimulationTest(
            protocol = SkipNet.class,
            nodes = 10,
            seeds = 1,
            until = "60s",
            set = "doubling=2s",
            parameters = {"leavesPerSide=1", "bug=SN-3"},
            resolver = ResolverSettings.Kind.FIRST)
    void aMessageThatEndsShortOfTheRootIsSeen(Simulation<SkipNet> simulation) {
        assertTrue(SkipNet.ringsAreThoseThatAreThere(simulation.view()));
        assertFalse(SkipNet.whoIsMeantIsReached(simulation.view()));
    }
}
