package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Pack;
import dev.foresail.predictor.fixture.PackMachine;
import dev.foresail.predictor.junit.SimulationTest;
import dev.foresail.predictor.model.DefaultScenario;
import dev.foresail.predictor.model.ExplorationScenarios;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.touch.TouchedProperties;
import dev.foresail.predictor.trace.Replay;
import dev.foresail.predictor.trace.Trace;
import dev.foresail.predictor.trace.Traces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What follows at the end of a step, and detectors, in every engine: to each they are part of the machine. */
class StepEndsTest {
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);
    private static final PackMachine MACHINE = new PackMachine();
    private static final SortedMap<String, String> SETTINGS =
            new TreeMap<>(Map.of("nodes", "2", "crashes", "1", "restarts", "true"));

    private static SystemModel<Pack> model() {
        return ExplorationScenarios.model(MACHINE, new DefaultScenario<>(MACHINE), SETTINGS);
    }

    @Test
    void theExplorerFindsTheWorldsOfThePlainOne() {
        SearchSettings settings = SearchSettings.DEFAULT.beyondViolations().withMaxDepth(6);
        SearchReport plain = new NaiveExplorer(RESOURCES, false).search(model(), settings);
        SearchReport fast = new Explorer<>(model(), RESOURCES).search(settings);
        assertEquals(plain.worldsByDepth(), fast.worldsByDepth());
        assertEquals(plain.transitions(), fast.transitions());
        assertTrue(plain.transitions() > 100, () -> "only " + plain.transitions());
    }

    /** Two probes and a third period, after the start of the node: no clock goes on, and still silence is met. */
    @Test
    void aSearchMeetsSilence() {
        SearchReport found = new Explorer<>(model(), RESOURCES).search(SearchSettings.DEFAULT.withMaxDepth(12));
        Violation violation = found.violations().get(0);
        assertEquals("losesFew", violation.property());
        Trace.Origin origin = new Trace.Origin("pack", "default", SETTINGS);
        Trace trace = Replay.record(model(), origin, violation);
        assertEquals(Traces.Fate.VIOLATED, Traces.fate(trace, StepEndsTest.class.getClassLoader()));
        assertTrue(
                trace.steps().toString().contains("silent-probe"),
                () -> trace.steps().toString());
    }

    /** Whatever handler runs, more may change at the end of the step. */
    @Test
    void everyHandlerMayTouchEveryProperty() {
        TouchedProperties<Pack> touched = new TouchedProperties<>(MACHINE, MACHINE.properties());
        for (int handler = 0; handler < MACHINE.handlers().size(); handler++) {
            assertEquals(2, touched.of(handler).size());
        }
    }

    @SimulationTest(
            protocol = Pack.class,
            nodes = 4,
            seeds = 2,
            until = "20s",
            parameters = {"size=4", "mostLost=1"},
            scenario = OneDies.class,
            verifyDeterminism = true)
    void whoDiesIsLostByAllAndNobodyElseIs(Simulation<Pack> simulation) {
        for (NodeId node : simulation.nodes().subList(1, 4)) {
            Pack pack = (Pack) simulation.state(node).orElseThrow();
            Set<NodeId> gone = Set.of(simulation.nodes().get(0));
            assertEquals(new TreeSet<>(gone), pack.lost, node::toString);
            assertEquals(2, pack.members.size());
        }
    }

    /** The first node dies for good after ten seconds. */
    public static final class OneDies implements Scenario {
        @Override
        public String name() {
            return "one-dies";
        }

        @Override
        public Duration duration(int nodes) {
            return Duration.ofSeconds(20);
        }

        @Override
        public void play(Stage stage, List<Object> parameterValues) {
            stage.nodes().forEach(stage::start);
            stage.at(Duration.ofSeconds(10), () -> stage.crash(stage.nodes().get(0), Duration.ofSeconds(1)));
        }
    }
}
