package dev.foresail.steering.cli;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.json.JsonLines;
import dev.foresail.predictor.json.JsonObject;
import dev.foresail.predictor.log.LogLevel;
import dev.foresail.predictor.log.LogSink;
import dev.foresail.predictor.log.LogText;
import dev.foresail.predictor.log.LoggedStep;
import dev.foresail.predictor.simulate.SimulatedLog;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.steering.config.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Tells what nodes do in one simulation, from {@code --log}: on the screen, or in a file. Not thread-safe. */
final class SimulationLog implements LogSink, AutoCloseable {
    private final SimulatedLog.Wish wish;
    private final Optional<Path> file;
    private final Output output;
    private final Optional<Writer> out;
    private Optional<IOException> failure = Optional.empty();

    /** Which run it is. */
    record Origin(String protocol, String command, long seed) {}

    /** @throws ConfigurationException FS543 when the file cannot be written */
    SimulationLog(SimulatedLog.Wish wish, Optional<Path> file, Origin origin, Output output) {
        this.wish = wish;
        this.file = file;
        this.output = output;
        this.out = file.map(some -> begun(some, origin));
    }

    private static Writer begun(Path file, Origin origin) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("foresail-log", 1);
        header.put("protocol", origin.protocol());
        header.put("run", origin.command());
        header.put("seed", origin.seed());
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
            out.write(JsonLines.write(header) + "\n");
            return out;
        } catch (IOException failed) {
            throw unwritten(file, failed);
        }
    }

    private static ConfigurationException unwritten(Path file, IOException failed) {
        return new ConfigurationException("FS543", "--log-file: " + file + " cannot be written: " + failed);
    }

    void follow(Simulation<?> simulation) {
        SimulatedLog.follow(simulation, wish, this);
    }

    @Override
    public void step(LoggedStep step) {
        Map<String, Object> object = LogText.object(step, 0, wish.levels());
        if (out.isPresent()) {
            write(object);
            return;
        }
        try {
            LogText.lines(LogText.time(step.atNanos()), new JsonObject(object))
                    .forEach(line -> output.prose(Terminal.line(line)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public void note(long atNanos, NodeId node, LogLevel level, String text) {
        if (out.isEmpty()) {
            output.prose(Terminal.line(LogText.time(atNanos) + "  " + text));
            return;
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("atNanos", atNanos);
        object.put("node", node.value());
        object.put("level", level.label());
        object.put("text", text);
        write(object);
    }

    private void write(Map<String, Object> object) {
        if (failure.isEmpty()) {
            try {
                out.orElseThrow().write(JsonLines.write(object) + "\n");
            } catch (IOException failed) {
                failure = Optional.of(failed);
            }
        }
    }

    /** FS543 when not everything could be written; once it is closed. */
    Optional<ConfigurationException> failure() {
        return failure.map(failed -> unwritten(file.orElseThrow(), failed));
    }

    /** Ends the file; whether all is in it is told by {@link #failure}, so that what was run has its own end. */
    @Override
    public void close() {
        try {
            if (out.isPresent()) {
                out.get().close();
            }
        } catch (IOException failed) {
            failure = failure.or(() -> Optional.of(failed));
        }
    }
}
