package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.trace.Trace;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.control.SteeringSettings;
import dev.foresail.steering.fixture.Gates;
import dev.foresail.steering.fixture.GatesMachine;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.fixture.Operators;
import dev.foresail.steering.live.ForesailNode;
import dev.foresail.steering.live.LookAheadFigures;
import dev.foresail.steering.storage.ExperienceStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two live gates; the second is told by the first what it does not see, and its operator asks what it knows and by whom. */
final class AdvisedNodesTest {
    private final Nodes nodes = new Nodes();
    private final GatesMachine machine = new GatesMachine();

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void end() {
        nodes.close();
    }

    private LookAheadFigures figures(long id) {
        return nodes.node(id).statistics().lookingAhead();
    }

    /** It looks one step ahead, and seldom. */
    private static SteeringSettings shortSighted() {
        return SteeringSettings.of(SteeringMode.STEER).looking(1, 1, Duration.ofHours(1));
    }

    @Test
    void anOperatorSeesWhoHasToldOfThePath() {
        ForesailNode first = nodes.with(SteeringSettings.of(SteeringMode.STEER)).start(1, machine);
        Path state = directory.resolve("gate.state");
        ForesailNode second = nodes.with(shortSighted())
                .with(new Operators(directory).settings())
                .withStorage(state)
                .start(2, machine);
        first.call("wind", 1L).join();
        Nodes.await("the first gate", () -> ((Gates) first.snapshotState().join()).isOpen());
        second.call("wind", 3_600_000L).join();
        assertFalse(ExperienceStore.besides(state).load().stream().findAny().isPresent());
        first.call("look", Nodes.id(2)).join();
        Nodes.await("a filter on advice", () -> figures(2).installedFilters() > 0);
        String out = CommandRun.of(
                        "node",
                        "filters",
                        "--at",
                        "127.0.0.1:" + nodes.operators(2).getPort(),
                        "--token",
                        new Operators(directory).token(Operators.TOKEN).toString())
                .out();
        assertTrue(out.contains("the path that filter 1 was put there for, as n1 has told:"), out);
        assertTrue(out.contains("n2 timer turn"), out);
        assertTrue(figures(1).adviceTold() > 0);
        assertTrue(figures(2).adviceTaken() > 0);
        assertEquals(0, figures(2).adviceRefused());
        assertTrue(first.statistics().bytesSent().containsKey("Advice"));
        assertEquals(1, first.statistics().messagesSent(), "advice is no message of the protocol");
        second.close();
        List<Trace> kept = ExperienceStore.besides(state).load();
        assertEquals("atMostOneIsOpen", kept.get(0).header().property());
    }
}
