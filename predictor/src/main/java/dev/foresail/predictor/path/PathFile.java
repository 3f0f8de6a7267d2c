package dev.foresail.predictor.path;

import dev.foresail.predictor.json.DamagedLineException;
import dev.foresail.predictor.json.JsonLines;
import dev.foresail.predictor.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Paths as JSON lines: a header, then a line for each event; docs/paths.md names the fields. Stateless. */
public final class PathFile {
    /** The version of the format that is written and read. */
    public static final int FORMAT_VERSION = 1;

    private static final String MARK = "foresail-paths";
    private static final String PATH = "path";
    private static final String NODES = "nodes";
    private static final String HOPS = "hops";
    private static final String HOP_NANOS = "hopNanos";
    private static final String DURATION_NANOS = "durationNanos";
    private static final String ENDS = "ends";
    private static final String CAUSE = "cause";
    private static final String EVERY = "every";
    private static final String UNTIL_NANOS = "untilNanos";
    private static final String LEFT = "left";
    private static final String SINCE_NANOS = "sinceNanos";
    private static final String ENDED = "ended";

    private PathFile() {}

    /**
     * Writes a file as a whole, in the place of what may be there.
     *
     * @throws PathFileException FS524 when that is not possible
     */
    public static void write(Path file, RecordedPaths paths) {
        try {
            JsonLines.writeFile(file, out -> write(out, paths));
        } catch (IOException failed) {
            throw new PathFileException("FS524", "paths cannot be written to " + file + ": " + failed);
        }
    }

    static void write(Writer out, RecordedPaths paths) throws IOException {
        out.write(header(paths));
        for (PathHop hop : paths.hops()) {
            out.write(line(hop));
        }
    }

    /** The first line. */
    static String header(RecordedPaths paths) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put(MARK, FORMAT_VERSION);
        header.put("protocol", paths.protocol());
        header.put("run", paths.run().command());
        header.put("seed", paths.run().seed());
        header.put("digest", paths.run().digest());
        header.put(UNTIL_NANOS, paths.untilNanos());
        header.put(LEFT, paths.left());
        header.put("paths", paths.declared().stream().map(PathFile::object).toList());
        return JsonLines.write(header) + "\n";
    }

    static String line(PathHop hop) throws IOException {
        return JsonLines.write(object(hop)) + "\n";
    }

    /** A line between events, of a file that grows: here a start of the node begins. */
    static String beginning(long sinceNanos) throws IOException {
        Map<String, Object> beginning = new LinkedHashMap<>();
        beginning.put(SINCE_NANOS, sinceNanos);
        beginning.put(UNTIL_NANOS, sinceNanos);
        beginning.put(LEFT, 0L);
        return JsonLines.write(beginning) + "\n";
    }

    /**
     * A line between events, of a file that grows: until when all is there, and how many events more were not kept.
     *
     * @param isEnded whether this start of the node has told all that it ever will
     */
    static String progress(long untilNanos, long left, boolean isEnded) throws IOException {
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put(UNTIL_NANOS, untilNanos);
        progress.put(LEFT, left);
        if (isEnded) {
            progress.put(ENDED, true);
        }
        return JsonLines.write(progress) + "\n";
    }

    private static Map<String, Object> object(DeclaredPath path) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", path.name());
        object.put("begins", path.begins());
        path.ends().ifPresent(event -> object.put(ENDS, event));
        if (path.every() > 1) {
            object.put(EVERY, path.every());
        }
        path.bounds().nodes().ifPresent(most -> object.put(NODES, most));
        path.bounds().hops().ifPresent(most -> object.put(HOPS, most));
        path.bounds().hop().ifPresent(most -> object.put(HOP_NANOS, most.toNanos()));
        path.bounds().duration().ifPresent(most -> object.put(DURATION_NANOS, most.toNanos()));
        return object;
    }

    private static Map<String, Object> object(PathHop hop) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(PATH, hop.path());
        object.put("name", hop.name());
        object.put("hop", hop.id());
        hop.cause().ifPresent(cause -> {
            object.put(CAUSE, cause.hop());
            object.put("place", cause.place());
            object.put("sentNanos", cause.sentNanos());
        });
        hop.from().ifPresent(from -> object.put("from", from.value()));
        object.put("event", hop.event());
        object.put("receivedNanos", hop.receivedNanos());
        object.put("handledNanos", hop.handledNanos());
        object.put("outcome", hop.outcome().label());
        if (hop.ends()) {
            object.put(ENDS, true);
        }
        if (!hop.sent().isEmpty()) {
            object.put("sent", hop.sent().stream().map(PathFile::object).toList());
        }
        return object;
    }

    private static Map<String, Object> object(PathHop.Sent sent) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("place", sent.place());
        object.put("to", sent.to().value());
        object.put("message", sent.message());
        return object;
    }

    /**
     * Reads a file; leaves {@code in} open.
     *
     * @throws PathFileException FS522 when it is no file of paths, or of another format; FS523 when a line is damaged
     */
    public static RecordedPaths read(Reader in) throws IOException {
        BufferedReader text = new BufferedReader(in);
        RecordedPaths header;
        try {
            header = JsonLines.parse(JsonLines.nextLine(text), PathFile::header);
        } catch (DamagedLineException damaged) {
            throw new PathFileException("FS522", "it is no file of paths: " + damaged.getMessage());
        }
        Body body = new Body(header);
        for (int number = 2; body.takes(text, number); number++) {
            // Until the end.
        }
        return body.paths();
    }

    /** What stands below the header, line by line. */
    private static final class Body {
        private final RecordedPaths header;
        private final List<PathHop> hops = new ArrayList<>();
        private final Set<HopId> known = new HashSet<>();
        private long untilNanos;
        private long left;
        private Optional<Long> gapNanos = Optional.empty();
        /** Whether a start of the node has not said that it has told all. */
        private boolean isUnderWay;

        Body(RecordedPaths header) {
            this.header = header;
            this.untilNanos = header.untilNanos();
            this.left = header.left();
        }

        /** Whether there was another line. */
        boolean takes(Reader text, int number) throws IOException {
            try {
                String line = JsonLines.nextLine(text);
                return !line.isEmpty() && JsonLines.parse(line, object -> take(object, number));
            } catch (DamagedLineException damaged) {
                if (damaged.isCutShort() && header.run().isLive()) {
                    // Copied while the node was writing.
                    return false;
                }
                throw damaged(number, String.valueOf(damaged.getMessage()));
            }
        }

        private boolean take(JsonObject object, int number) throws IOException {
            if (!object.values().containsKey(PATH)) {
                takeProgress(object);
                return true;
            }
            isUnderWay = true;
            PathHop hop = hop(object);
            if (!known.add(hop.id())) {
                throw damaged(number, hop.id() + " is there twice");
            }
            return hops.add(hop);
        }

        private void takeProgress(JsonObject object) throws IOException {
            untilNanos = object.natural(UNTIL_NANOS);
            left += object.natural(LEFT);
            if (isUnderWay && object.values().containsKey(SINCE_NANOS)) {
                // The start before was killed: what it had not told yet is lost.
                gapNanos = Optional.of(object.natural(SINCE_NANOS));
            }
            isUnderWay = !(object.values().containsKey(ENDED) && object.flag(ENDED));
        }

        RecordedPaths paths() {
            return new RecordedPaths(
                    header.protocol(), header.run(), header.declared(), untilNanos, left, gapNanos, hops);
        }
    }

    private static PathFileException damaged(int number, String problem) {
        return new PathFileException("FS523", "line " + number + " is damaged: " + problem);
    }

    private static RecordedPaths header(JsonObject object) throws IOException {
        int version = object.number(MARK, 0);
        if (version != FORMAT_VERSION) {
            throw new PathFileException(
                    "FS522", "the file has the format " + version + ", this Foresail reads format " + FORMAT_VERSION);
        }
        List<DeclaredPath> declared = new ArrayList<>();
        for (JsonObject path : object.objects("paths")) {
            declared.add(declared(path));
        }
        return new RecordedPaths(
                object.text("protocol"),
                new RecordedPaths.Run(object.text("run"), object.whole("seed"), object.text("digest")),
                declared,
                object.natural(UNTIL_NANOS),
                object.natural(LEFT),
                List.of());
    }

    private static DeclaredPath declared(JsonObject object) throws IOException {
        return new DeclaredPath(
                object.text("name"),
                object.text("begins"),
                object.textIfAny(ENDS),
                count(object, EVERY).map(many -> Math.max(1, many)).orElse(1),
                new DeclaredPath.Bounds(
                        count(object, NODES),
                        count(object, HOPS),
                        time(object, HOP_NANOS),
                        time(object, DURATION_NANOS)));
    }

    private static Optional<Integer> count(JsonObject object, String name) throws IOException {
        return object.values().containsKey(name) ? Optional.of(object.number(name, 0)) : Optional.empty();
    }

    private static Optional<Duration> time(JsonObject object, String name) throws IOException {
        return object.values().containsKey(name)
                ? Optional.of(Duration.ofNanos(object.natural(name)))
                : Optional.empty();
    }

    private static PathHop hop(JsonObject object) throws IOException {
        Optional<PathHop.Cause> cause = object.values().containsKey(CAUSE)
                ? Optional.of(
                        new PathHop.Cause(id(object, CAUSE), object.number("place", 0), object.natural("sentNanos")))
                : Optional.empty();
        List<PathHop.Sent> sent = new ArrayList<>();
        for (JsonObject message : object.objects("sent")) {
            sent.add(new PathHop.Sent(message.number("place", 0), message.node("to"), message.text("message")));
        }
        return new PathHop(
                id(object, PATH),
                object.text("name"),
                id(object, "hop"),
                cause,
                object.nodeIfAny("from"),
                object.text("event"),
                object.natural("receivedNanos"),
                object.natural("handledNanos"),
                outcome(object.text("outcome")),
                object.values().containsKey(ENDS) && object.flag(ENDS),
                sent);
    }

    private static HopId id(JsonObject object, String name) throws IOException {
        try {
            return HopId.parse(object.text(name));
        } catch (IllegalArgumentException wrong) {
            throw new IOException(wrong.getMessage(), wrong);
        }
    }

    private static PathHop.Outcome outcome(String label) throws IOException {
        return Arrays.stream(PathHop.Outcome.values())
                .filter(outcome -> outcome.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IOException("nothing becomes of an event that is called '" + label + "'"));
    }
}
