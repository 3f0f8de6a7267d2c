package dev.foresail.steering.cli;

import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.Violation;
import dev.foresail.predictor.trace.CausalOrder;
import dev.foresail.predictor.trace.Replay;
import dev.foresail.predictor.trace.Shrinker;
import dev.foresail.predictor.trace.Trace;
import dev.foresail.predictor.trace.TraceException;
import dev.foresail.predictor.trace.TraceFile;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Makes paths to violations short and readable, and saves them. */
final class FoundPaths<S> {
    private static final int MOST_REPLAYS = 2000;

    private final SystemModel<S> model;
    private final Trace.Origin origin;
    private final SearchKind kind;
    private final Path directory;
    private final BooleanSupplier stopped;

    /**
     * @param kind how they were found: paths of an exhaustive search are the shortest already
     * @param directory where traces are written; made when it is not there
     * @param stopped whether there is no time left to make paths shorter and more readable
     */
    FoundPaths(SystemModel<S> model, Trace.Origin origin, SearchKind kind, Path directory, BooleanSupplier stopped) {
        this.model = model;
        this.origin = origin;
        this.kind = kind;
        this.directory = directory;
        this.stopped = stopped;
    }

    /**
     * Looks whether traces can be written to the directory, and leaves everything as it is.
     *
     * @throws TraceException FS258 when they cannot
     */
    static void requireWritable(Path directory) {
        Path there = directory.toAbsolutePath().normalize();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            throw new TraceException(
                    "FS258",
                    directory + " cannot be written: " + there
                            + (Files.isDirectory(there) ? " is closed to you" : " is no directory")
                            + "; --trace-dir names another one");
        }
    }

    /**
     * @throws dev.foresail.predictor.determinism.NonDeterminismException FS267 when what was found does not happen again
     */
    FoundPath save(Violation violation) {
        if (violation.actions().isEmpty() && violation.property().equals(SystemModel.HANDLER_THREW)) {
            return FoundPath.untold(violation, "");
        }
        Violation shortest = kind == SearchKind.EXHAUSTIVE
                ? violation
                : new Shrinker<>(model, MOST_REPLAYS, stopped).shrink(violation);
        Violation ordered = stopped.getAsBoolean() ? shortest : new CausalOrder<>(model).of(shortest);
        Trace trace = Replay.recordFound(model, origin, ordered);
        try {
            return new FoundPath(ordered, trace.steps(), write(trace).toString(), "");
        } catch (TraceException unwritten) {
            return new FoundPath(ordered, trace.steps(), "", String.valueOf(unwritten.getMessage()));
        }
    }

    /** A file with the same path serves again; one with another path is never overwritten. */
    private Path write(Trace trace) {
        String name = (origin.protocol() + "-" + trace.header().property()).replaceAll("[^A-Za-z0-9._-]", "-");
        String text = text(trace);
        for (int number = 1; ; number++) {
            Path file = directory.resolve(name + "-" + number + ".trace.jsonl");
            if (!Files.exists(file)) {
                TraceFile.write(trace, file);
                return file;
            }
            if (isTextOf(file, text)) {
                return file;
            }
        }
    }

    private static boolean isTextOf(Path file, String text) {
        try {
            return Files.isRegularFile(file) && Files.readString(file).equals(text);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static String text(Trace trace) {
        try {
            StringWriter text = new StringWriter();
            TraceFile.write(trace, text);
            return text.toString();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
