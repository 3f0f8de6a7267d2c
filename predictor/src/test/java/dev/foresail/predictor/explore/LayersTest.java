package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.stack.Stack;
import dev.foresail.choice.stack.StackMachine;
import dev.foresail.predictor.fixture.layers.Carrier;
import dev.foresail.predictor.fixture.layers.CarrierMachine;
import dev.foresail.predictor.fixture.layers.Mail;
import dev.foresail.predictor.fixture.layers.MailMachine;
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
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Nodes of two layers in every engine: to each they are one machine. */
class LayersTest {
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);
    private static final StackMachine MACHINE = StackMachine.of(List.of(new MailMachine(), new CarrierMachine()));
    private static final SortedMap<String, String> SETTINGS =
            new TreeMap<>(Map.of("nodes", "2", "ringSize", "2", "crashes", "1", "restarts", "true", "breaks", "1"));

    private static SystemModel<Stack> model() {
        return ExplorationScenarios.model(MACHINE, new DefaultScenario<>(MACHINE), SETTINGS);
    }

    @Test
    void theExplorerFindsTheWorldsOfThePlainOne() {
        SearchSettings settings = SearchSettings.DEFAULT.beyondViolations().withMaxDepth(5);
        SearchReport plain = new NaiveExplorer(RESOURCES, false).search(model(), settings);
        SearchReport fast = new Explorer<>(model(), RESOURCES).search(settings);
        assertEquals(plain.worldsByDepth(), fast.worldsByDepth());
        assertEquals(plain.transitions(), fast.transitions());
        assertTrue(plain.transitions() > 500, () -> "only " + plain.transitions());
    }

    @Test
    void whatIsFoundIsReplayedByTheStacksName() {
        SearchReport found = new Explorer<>(model(), RESOURCES).search(SearchSettings.DEFAULT.withMaxDepth(12));
        Violation violation = found.violations().get(0);
        assertEquals("readsLittle", violation.property());
        Trace.Origin origin = new Trace.Origin("mail/carrier", "default", SETTINGS);
        Trace trace = Replay.record(model(), origin, violation);
        assertEquals(Traces.Fate.VIOLATED, Traces.fate(trace, LayersTest.class.getClassLoader()));
    }

    /** Whatever any layer does may matter to a property of another, as they ask each other. */
    @Test
    void everyHandlerMayTouchEveryProperty() {
        TouchedProperties<Stack> touched = new TouchedProperties<>(MACHINE, MACHINE.properties());
        for (int handler = 0; handler < MACHINE.handlers().size(); handler++) {
            assertEquals(2, touched.of(handler).size());
        }
    }

    @SimulationTest(
            protocol = Mail.class,
            over = Carrier.class,
            nodes = 6,
            seeds = 2,
            until = "20s",
            faults = "crash 12/min for 2s",
            parameters = {"ringSize=6", "mostRead=1000"},
            scenario = Mornings.class,
            verifyDeterminism = true)
    void durableFieldsOfBothLayersOutliveCrashes(Simulation<Stack> simulation) {
        assertEquals(6, simulation.nodes().size());
        int written = 0;
        int carried = 0;
        for (NodeId node : simulation.nodes()) {
            Stack state = (Stack) simulation.state(node).orElseThrow();
            written += state.layer(Mail.class).written;
            carried += state.layer(Carrier.class).carried;
        }
        assertTrue(written >= 6, "letters were written: " + written);
        assertTrue(carried >= written, "and carried: " + carried);
    }

    /** All start at once. */
    public static final class Mornings implements Scenario {
        @Override
        public String name() {
            return "mornings";
        }

        @Override
        public Duration duration(int nodes) {
            return Duration.ofSeconds(20);
        }

        @Override
        public void play(Stage stage, List<Object> parameterValues) {
            stage.nodes().forEach(stage::start);
        }
    }
}
