package dev.foresail.predictor.trace;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.json.DamagedLineException;
import dev.foresail.predictor.json.JsonLines;
import dev.foresail.predictor.json.JsonObject;
import dev.foresail.predictor.trace.Trace.Header;
import dev.foresail.predictor.trace.Trace.Origin;
import dev.foresail.predictor.trace.Trace.SnapshotUsed;
import dev.foresail.predictor.trace.TraceStep.Change;
import dev.foresail.predictor.trace.TraceStep.Decided;
import dev.foresail.predictor.trace.TraceStep.Happening;
import dev.foresail.predictor.trace.TraceStep.Kind;
import dev.foresail.predictor.trace.TraceStep.Message;
import dev.foresail.predictor.trace.TraceStep.Offered;
import dev.foresail.predictor.trace.TraceStep.Sent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes and reads traces: JSON lines, the first is the header, then one for every step. docs/traces.md names the fields.
 */
public final class TraceFile {
    private static final String MARK = "foresail-trace";

    private TraceFile() {}

    /** Writes the trace; leaves {@code out} open. */
    public static void write(Trace trace, Writer out) throws IOException {
        out.write(JsonLines.write(header(trace)) + "\n");
        for (TraceStep step : trace.steps()) {
            out.write(JsonLines.write(step(step)) + "\n");
        }
        out.flush();
    }

    /**
     * Writes the trace to a file that is there as a whole or not at all: next to it first, then moved into its place.
     *
     * @throws TraceException FS258 when that fails
     */
    public static void write(Trace trace, Path file) {
        try {
            JsonLines.writeFile(file, out -> write(trace, out));
        } catch (IOException failure) {
            throw new TraceException("FS258", "cannot write " + file + ": " + failure, failure);
        }
    }

    /**
     * Reads a trace from a file.
     *
     * @throws TraceException FS258 when the file cannot be read, and as {@link #read(Reader)}
     */
    public static Trace read(Path file) {
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(in);
        } catch (IOException failure) {
            throw new TraceException("FS258", "cannot read " + file + ": " + failure, failure);
        }
    }

    /**
     * Reads a trace; leaves {@code in} open.
     *
     * @throws TraceException FS250 when it is no trace, FS252 when it is cut short, FS253 when it has another format
     */
    public static Trace read(Reader in) throws IOException {
        BufferedReader text = new BufferedReader(in);
        Numbered<Header> header = parse(1, JsonLines.nextLine(text), TraceFile::header);
        List<TraceStep> steps = new ArrayList<>();
        for (String line = JsonLines.nextLine(text); !line.isEmpty(); line = JsonLines.nextLine(text)) {
            int number = steps.size() + 1;
            steps.add(parse(number + 1, line, object -> step(number, object)));
        }
        if (steps.size() != header.steps()) {
            throw new TraceException(
                    steps.size() < header.steps() ? "FS252" : "FS250",
                    "the trace " + (steps.size() < header.steps() ? "is cut short" : "is no trace of Foresail")
                            + ": it has " + steps.size() + " steps, but says " + header.steps());
        }
        return new Trace(header.value(), steps);
    }

    /** A header and how many steps it says there are. */
    private record Numbered<T>(T value, int steps) {}

    private static <T> T parse(int line, String text, JsonLines.Parser<T> parser) {
        try {
            return JsonLines.parse(text, parser);
        } catch (DamagedLineException damaged) {
            if (damaged.isCutShort()) {
                throw new TraceException("FS252", "the trace is cut short in line " + line, damaged);
            }
            throw new TraceException("FS250", "line " + line + " is none of a trace: " + damaged.getMessage(), damaged);
        }
    }

    private static Map<String, Object> header(Trace trace) {
        Header header = trace.header();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(MARK, Trace.FORMAT_VERSION);
        object.put("protocol", header.origin().protocol());
        header.stateType().ifPresent(type -> object.put("class", type));
        object.put("schema", "%016x".formatted(header.schema()));
        object.put("scenario", header.origin().scenario());
        object.put("settings", header.origin().settings());
        header.origin().snapshot().ifPresent(snapshot -> {
            object.put("snapshot", snapshot.file());
            snapshot.digest().ifPresent(digest -> object.put("snapshotSha256", digest));
        });
        object.put("property", header.property());
        object.put("liveness", header.isLiveness());
        object.put("initialWorld", header.initialWorld());
        object.put("detail", header.detail());
        object.put("steps", trace.steps().size());
        return object;
    }

    private static Numbered<Header> header(JsonObject object) throws IOException {
        int version = object.number(MARK, 0);
        if (version != Trace.FORMAT_VERSION) {
            throw new TraceException(
                    "FS253",
                    "the trace has the format " + version + ", this Foresail reads format " + Trace.FORMAT_VERSION);
        }
        Optional<String> digest = object.textIfAny("snapshotSha256");
        Origin origin = new Origin(
                object.text("protocol"),
                object.text("scenario"),
                object.textsByName("settings"),
                object.textIfAny("snapshot").map(file -> new SnapshotUsed(file, digest)));
        return new Numbered<>(
                new Header(
                        origin,
                        object.textIfAny("class"),
                        schema(object.text("schema")),
                        object.text("property"),
                        object.flag("liveness"),
                        object.number("initialWorld", 0),
                        object.text("detail")),
                object.number("steps", 0));
    }

    private static long schema(String text) throws IOException {
        try {
            return Long.parseUnsignedLong(text, 16);
        } catch (NumberFormatException wrong) {
            throw new IOException("'schema' is to be hexadecimal, not " + text, wrong);
        }
    }

    private static Map<String, Object> step(TraceStep step) {
        Happening happening = step.happening();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("step", step.number());
        object.put("node", happening.node().value());
        object.put("kind", happening.kind().label());
        happening.peer().ifPresent(peer -> object.put("peer", peer.value()));
        if (!happening.name().isEmpty()) {
            object.put("name", happening.name());
        }
        happening.call().ifPresent(call -> {
            object.put("offer", call.index());
            object.put("arguments", call.arguments());
        });
        happening.message().ifPresent(message -> {
            object.put("message", message.text());
            object.put("bytes", message.hex());
        });
        object.put(
                "decisions",
                happening.decisions().stream()
                        .map(each -> object("index", each.index(), "chosen", each.chosen()))
                        .toList());
        object.put(
                "sends",
                step.sends().stream()
                        .map(each -> object("to", each.to().value(), "message", each.message()))
                        .toList());
        object.put("notes", step.notes());
        object.put(
                "changes",
                step.changes().stream()
                        .map(each -> object(
                                "node",
                                each.node().value(),
                                "field",
                                each.field(),
                                "before",
                                each.before(),
                                "after",
                                each.after()))
                        .toList());
        object.put("violated", step.violated());
        return object;
    }

    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            object.put(namesAndValues[index].toString(), namesAndValues[index + 1]);
        }
        return object;
    }

    private static TraceStep step(int number, JsonObject object) throws IOException {
        if (object.number("step", 1) != number) {
            throw new IOException("this is to be step " + number + ", not " + object.number("step", 1));
        }
        List<Sent> sends = new ArrayList<>();
        for (JsonObject each : object.objects("sends")) {
            sends.add(new Sent(each.node("to"), each.text("message")));
        }
        List<Change> changes = new ArrayList<>();
        for (JsonObject each : object.objects("changes")) {
            changes.add(new Change(each.node("node"), each.text("field"), each.text("before"), each.text("after")));
        }
        return new TraceStep(
                number, happening(object), sends, object.texts("notes"), changes, object.texts("violated"));
    }

    private static Happening happening(JsonObject object) throws IOException {
        String label = object.text("kind");
        Kind kind = Kind.of(label)
                .orElseThrow(
                        () -> new IOException("'kind' is to be one of " + Kind.labels() + ", not '" + label + "'"));
        List<Decided> decisions = new ArrayList<>();
        for (JsonObject each : object.objects("decisions")) {
            decisions.add(new Decided(each.number("index", 0), each.text("chosen")));
        }
        Optional<NodeId> peer = kind.hasPeer() ? Optional.of(object.node("peer")) : Optional.empty();
        Optional<Message> message = kind.hasMessage()
                ? Optional.of(new Message(object.text("message"), object.text("bytes")))
                : Optional.empty();
        Optional<Offered> call = kind == Kind.CALL
                ? Optional.of(new Offered(object.number("offer", 0), object.texts("arguments")))
                : Optional.empty();
        String name = kind == Kind.CALL || kind == Kind.TIMER ? object.text("name") : "";
        return new Happening(kind, object.node("node"), peer, name, call, message, decisions);
    }
}
