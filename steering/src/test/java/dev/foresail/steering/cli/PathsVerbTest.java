package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders are followed through a kitchen, from the chef to the cook. */
final class PathsVerbTest {
    @TempDir
    private Path directory = Path.of("");

    private Path file() {
        return directory.resolve("run.jsonl");
    }

    private CommandRun simulate(String expected, String... more) throws IOException {
        Path configuration = Files.writeString(
                directory.resolve("kitchen.yaml"),
                "resolver: random\npaths:\n  meal: {begins: call order, ends: message Plate, duration: <= 1h, "
                        + expected + "}\n");
        List<String> arguments = new ArrayList<>(List.of(
                "simulate", "kitchen", "--nodes", "4", "--seed", "3", "--config", configuration.toString(), "--json"));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private CommandRun recorded(String expected) throws IOException {
        return simulate(expected, "--paths", file().toString());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> meal(CommandRun run) {
        return (Map<String, Object>) ((Map<String, Object>) run.json().get("paths")).get("meal");
    }

    @Test
    void theRunIsToldAndReadBackAlike() throws IOException {
        CommandRun without = simulate("nodes: <= 2");
        assertFalse(without.json().containsKey("paths"));
        CommandRun with = recorded("nodes: <= 2");
        assertEquals(ExitCode.DONE, with.code(), with::toString);
        assertEquals(without.json().get("digest"), with.json().get("digest"));
        assertEquals(List.of(), meal(with).get("anomalies"));
        CommandRun read = CommandRun.of("paths", file().toString(), "--json");
        assertEquals(ExitCode.DONE, read.code(), read::toString);
        assertEquals(meal(with), meal(read));
    }

    @Test
    void whatIsNotAsExpectedIsListedAndDrawn() throws IOException {
        CommandRun strict = recorded("nodes: <= 1");
        assertEquals(ExitCode.NOT_MET, strict.code(), strict::toString);
        CommandRun read = CommandRun.of("paths", file().toString());
        assertEquals(ExitCode.NOT_MET, read.code());
        assertTrue(read.out().contains("expected nodes <= 1, but 2 nodes"), read::out);
        assertTrue(read.out().contains(": the end"), read::out);
        String name = read.out()
                .lines()
                .filter(line -> line.startsWith("meal n"))
                .map(line -> line.split("[ :]")[1])
                .findFirst()
                .orElseThrow();
        CommandRun shown = CommandRun.of("paths", file().toString(), "--show", name, "--json");
        assertEquals(ExitCode.DONE, shown.code(), shown::toString);
        assertEquals(name, shown.json().get("path"));
    }

    /** The bound that is exceeded is so in any case; whether the others are kept cannot be told. */
    @Test
    void beyondTheLimitNothingIsSaidToBeAsExpected() throws IOException {
        recorded("nodes: <= 2");
        forgetEnds();
        CommandRun kept = CommandRun.of("paths", file().toString(), "--json");
        assertEquals(ExitCode.UNKNOWN, kept.code(), kept::toString);
        assertEquals(7.0, kept.json().get("left"));
        recorded("nodes: <= 1");
        Files.writeString(file(), Files.readString(file()).replace("\"left\":0", "\"left\":7"));
        assertEquals(ExitCode.NOT_MET, CommandRun.of("paths", file().toString()).code());
    }

    private void forgetEnds() throws IOException {
        List<String> kept = Files.readAllLines(file()).stream()
                .filter(line -> !line.contains("\"ends\":true"))
                .map(line -> line.replace("\"left\":0", "\"left\":7").replace(",\"durationNanos\":3600000000000", ""))
                .toList();
        Files.write(file(), kept);
    }

    @Test
    void mistakesAreToldWithTheirCodes() throws IOException {
        assertTrue(CommandRun.of("simulate", "kitchen", "--resolver", "random", "--paths", "run.jsonl")
                .err()
                .contains("[FS521]"));
        assertTrue(simulate("nodes: <= 2", "--paths", "run.jsonl", "--seeds", "2")
                .err()
                .contains("--paths is for one run on one worker: not for --seeds"));
        CommandRun absent = CommandRun.of("paths", file().toString());
        assertEquals(ExitCode.USAGE, absent.code());
        assertTrue(absent.err().contains("[FS522] there is no file"), absent::err);
        assertTrue(
                simulate("nodes: <= 2", "--paths", directory.toString()).err().contains("[FS524]"));
        recorded("nodes: <= 2");
        assertTrue(CommandRun.of("paths", file().toString(), "--show", "n99.1.1")
                .err()
                .contains("[FS525] no path is called 'n99.1.1'"));
        Files.writeString(file(), "no paths\n");
        assertTrue(CommandRun.of("paths", file().toString()).err().contains("[FS522] " + file()));
    }
}
