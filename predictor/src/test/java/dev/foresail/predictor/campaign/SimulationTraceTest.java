package dev.foresail.predictor.campaign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.fixture.BoxOffice;
import dev.foresail.predictor.fixture.Tickets;
import dev.foresail.predictor.fixture.TicketsMachine;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.scenario.fault.FaultKind;
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
import org.junit.jupiter.params.provider.EnumSource;

/** A failing run of the box office is saved, read and played again. */
class SimulationTraceTest {
    @TempDir
    private Path directory = Path.of("");

    private Path save(long runs) {
        SimulationPlan<Tickets> plan = Plans.tickets(5, Plans.MIX);
        return save(plan, Plans.failing(plan), Plans.MIX, runs);
    }

    private Path save(SimulationPlan<Tickets> plan, long seed, String mix, long runs) {
        SimulationTrace.Choices choices = new SimulationTrace.Choices("first", "", Duration.ZERO);
        return SavedFailure.save(
                        plan,
                        seed,
                        "soldOnce",
                        SavedFailure.origin(plan, mix, choices, List.of(), false),
                        new ShrinkBudget(runs, 1_000_000, () -> false),
                        directory)
                .orElseThrow()
                .file();
    }

    private static TraceReplay<Tickets> replay(SimulationTrace trace) {
        return replay(trace, new BoxOffice());
    }

    private static TraceReplay<Tickets> replay(SimulationTrace trace, Scenario scenario) {
        TicketsMachine machine = new TicketsMachine();
        return TraceReplay.of(
                trace.plan(machine, Plans.hosting(machine), SyntheticWideArea::generate, scenario, FaultPhase.NONE),
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

    /** Somebody trips over the office's cable in the end, whatever else goes wrong. */
    private static final class ShortDay implements Scenario {
        private final BoxOffice day = new BoxOffice();

        @Override
        public String name() {
            return "short-day";
        }

        @Override
        public Duration duration(int nodes) {
            return day.duration(nodes);
        }

        @Override
        public void play(Stage stage, List<Object> parameterValues) {
            day.play(stage, parameterValues);
            stage.at(
                    Duration.ofSeconds(51),
                    () -> stage.silentReset(stage.nodes().get(0)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSavedRunIsTheSameAgainWhateverFaultsThereAre(FaultKind kind) {
        String mix = kind.label() + " 12/min";
        SimulationPlan<Tickets> plan = Plans.of(new TicketsMachine(), new ShortDay(), 5, mix);
        long seed = Plans.failing(plan);
        SimulationTrace trace = SimulationTraceFile.read(save(plan, seed, mix, 1));
        assertEquals(plan.faults(seed), trace.schedule(), "nothing is left out");
        TraceReplay<Tickets> again = replay(trace, new ShortDay());
        assertFalse(again.hasDiverged(), again::divergence);
        assertTrue(again.sighting().isPresent());
        assertTrue(again.simulation().records().containsKey("faults." + kind.label()), "it has happened");
    }

    @Test
    void whatIsThereAlreadyIsLeftAlone() throws IOException {
        byte[] noText = {(byte) 0xC3, (byte) 0x28};
        Files.write(directory.resolve("tickets-soldOnce-1.simulation.jsonl"), noText);
        // As good as a file that another process begins just now: it was not there when it was looked for.
        Files.createSymbolicLink(directory.resolve("tickets-soldOnce-2.simulation.jsonl"), Path.of("nowhere"));
        Files.createDirectory(directory.resolve("tickets-soldOnce-3.simulation.jsonl"));
        Path file = save(500);
        assertEquals("tickets-soldOnce-4.simulation.jsonl", file.getFileName().toString());
        assertArrayEquals(noText, Files.readAllBytes(directory.resolve("tickets-soldOnce-1.simulation.jsonl")));
        assertTrue(Files.isSymbolicLink(directory.resolve("tickets-soldOnce-2.simulation.jsonl")));
        assertEquals(file, save(500));
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
