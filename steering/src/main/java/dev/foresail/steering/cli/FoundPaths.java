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
import java.util.List;

/** Makes paths to violations short and readable, and saves them. */
final class FoundPaths<S> {
    private static final int MOST_REPLAYS = 2000;

    private final SystemModel<S> model;
    private final Trace.Origin origin;
    private final SearchKind kind;
    private final Path directory;

    /**
     * @param kind how they were found: paths of an exhaustive search are the shortest already
     * @param directory where traces are written; made when it is not there
     */
    FoundPaths(SystemModel<S> model, Trace.Origin origin, SearchKind kind, Path directory) {
        this.model = model;
        this.origin = origin;
        this.kind = kind;
        this.directory = directory;
    }

    /** @throws TraceException FS258 when the file cannot be written */
    FoundPath save(Violation violation) {
        if (violation.actions().isEmpty() && violation.property().equals(SystemModel.HANDLER_THREW)) {
            return new FoundPath(violation, List.of(), "");
        }
        Violation shortest =
                kind == SearchKind.EXHAUSTIVE ? violation : new Shrinker<>(model, MOST_REPLAYS).shrink(violation);
        Violation ordered = new CausalOrder<>(model).of(shortest);
        Trace trace = Replay.record(model, origin, ordered);
        return new FoundPath(ordered, trace.steps(), write(trace).toString());
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
