package dev.foresail.predictor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.fixture.BoxOffice;
import dev.foresail.predictor.fixture.Tickets;
import dev.foresail.predictor.fixture.TicketsMachine;
import dev.foresail.predictor.simulate.FaultPhase;
import dev.foresail.predictor.trace.TraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A failing run of the box office is saved, read and played again. */
class SimulationTraceTest {
    @TempDir
    private Path directory = Path.of("");

    private Path save(long runs) {
        SimulationPlan<Tickets> plan = Plans.tickets(5, Plans.MIX);
        SimulationTrace.Choices choices = new SimulationTrace.Choices("first", "", Duration.ZERO);
        return SavedFailure.save(
                        plan,
                        Plans.failing(plan),
                        "soldOnce",
                        SavedFailure.origin(plan, Plans.MIX, choices, List.of(), false),
                        new ShrinkBudget(runs, 1_000_000, () -> false),
                        directory)
                .orElseThrow()
                .file();
    }

    private static TraceReplay<Tickets> replay(SimulationTrace trace) {
        TicketsMachine machine = new TicketsMachine();
        return TraceReplay.of(
                trace.plan(
                        machine, Plans.hosting(machine), SyntheticWideArea::generate, new BoxOffice(), FaultPhase.NONE),
                trace,
                () -> false);
    }

    @Test
    void theSavedRunIsTheSameAgain() {
        Path file = save(500);
        assertEquals("tickets-soldOnce-1.simulation.jsonl", file.getFileName().toString());
        assertTrue(SimulationTraceFile.isOne(file));
        TraceReplay<Tickets> again = replay(SimulationTraceFile.read(file));
        assertTrue(again.sighting().isPresent());
        assertFalse(again.hasDiverged());
        List<String> lines = again.lines(() -> false);
        assertTrue(lines.get(0).contains("soldOnce is violated at"), lines::toString);
        assertTrue(lines.get(lines.size() - 1).contains("held: "), lines::toString);
    }

    @Test
    void theSameRunIsSavedOnceAndAnotherBesideIt() {
        assertEquals(save(500), save(500));
        assertEquals(
                "tickets-soldOnce-2.simulation.jsonl", save(1).getFileName().toString());
    }

    @Test
    void withoutItsFaultsTheRunIsMended() throws IOException {
        Path file = save(500);
        List<String> lines = Files.readAllLines(file);
        assertEquals(2, lines.size(), "one fault");
        Files.writeString(file, lines.get(0).replace("\"faults\":1", "\"faults\":0") + "\n");
        assertTrue(replay(SimulationTraceFile.read(file)).sighting().isEmpty());
    }

    @Test
    void anotherWayToTheViolationIsADivergence() throws IOException {
        Path file = save(500);
        Files.writeString(file, Files.readString(file).replaceFirst("\"digest\":\"[0-9a-f]", "\"digest\":\"x"));
        TraceReplay<Tickets> other = replay(SimulationTraceFile.read(file));
        assertTrue(other.hasDiverged());
        assertTrue(other.divergence().startsWith("[FS251] soldOnce is violated, but not as it was saved"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "FS253|\"foresail-simulation\":1|\"foresail-simulation\":7|has the format 7",
                "FS252|\"faults\":1}|\"faults\":2}|has 1 faults, but says 2",
                "FS250|\"fault\":\"crash\"|\"fault\":\"crush\"|did you mean 'crash'?",
                "FS250|\"mix\":\"crash|\"mix\":\"amnesia|the mix has no 'crash'",
                "FS250|\"nodes\":|\"noodles\":|'nodes' is missing",
                "FS259|\"property\":\"soldOnce\"|\"property\":\"soldOnes\"|did you mean 'soldOnce'?"
            })
    void aTraceThatCannotBeUsedSaysWhy(String code, String before, String after, String expected) throws IOException {
        Path file = save(500);
        String text = Files.readString(file);
        assertTrue(text.contains(before), text);
        Files.writeString(file, text.replace(before, after));
        TraceException wrong = assertThrows(TraceException.class, () -> replay(SimulationTraceFile.read(file)));
        assertEquals(code, wrong.code());
        assertTrue(String.valueOf(wrong.getMessage()).contains(expected), wrong::toString);
    }

    @Test
    void aFileThatIsNotThereIsNoTrace() {
        Path missing = directory.resolve("missing");
        assertFalse(SimulationTraceFile.isOne(missing));
        assertEquals(
                "FS258",
                assertThrows(TraceException.class, () -> SimulationTraceFile.read(missing))
                        .code());
    }
}
