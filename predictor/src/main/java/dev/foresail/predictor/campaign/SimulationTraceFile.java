package dev.foresail.predictor.campaign;

import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.predictor.campaign.SimulationTrace.Choices;
import dev.foresail.predictor.campaign.SimulationTrace.Found;
import dev.foresail.predictor.campaign.SimulationTrace.Origin;
import dev.foresail.predictor.campaign.SimulationTrace.Script;
import dev.foresail.predictor.json.DamagedLineException;
import dev.foresail.predictor.json.JsonLines;
import dev.foresail.predictor.json.JsonObject;
import dev.foresail.predictor.scenario.fault.FaultKind;
import dev.foresail.predictor.scenario.fault.FaultMix;
import dev.foresail.predictor.scenario.fault.FaultOccurrence;
import dev.foresail.predictor.text.Nearest;
import dev.foresail.predictor.trace.TraceException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes and reads simulation traces: JSON lines, the first says what is played, then one for each fault, then one for each choice that
 * matters. docs/traces.md names the fields.
 */
public final class SimulationTraceFile {
    private static final String MARK = "foresail-simulation";

    private SimulationTraceFile() {}

    /** Whether the file is one of these rather than a path that a search has found. */
    public static boolean isOne(Path file) {
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            char[] beginning = new char[MARK.length() + 2];
            int read = in.read(beginning);
            return read == beginning.length && new String(beginning).equals("{\"" + MARK);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Writes a trace to a file of its own, named by protocol and property. A file with the same trace serves again, one with another is
     * never overwritten: tests may save at the same time, in several processes too.
     *
     * @throws TraceException FS258 when that fails
     */
    public static synchronized Path write(SimulationTrace trace, Path directory) {
        String name = (trace.origin().protocol() + "-" + trace.found().property()).replaceAll("[^A-Za-z0-9._-]", "-");
        Path file = directory;
        try {
            byte[] text = text(trace).getBytes(StandardCharsets.UTF_8);
            Files.createDirectories(directory);
            for (int number = 1; ; number++) {
                file = directory.resolve(name + "-" + number + ".simulation.jsonl");
                if (isCreated(file, text)
                        || Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), text)) {
                    return file;
                }
            }
        } catch (IOException failure) {
            throw new TraceException("FS258", "cannot write " + file + ": " + failure, failure);
        }
    }

    /** Whether there was no such file before; another process may be at it at the same time. */
    private static boolean isCreated(Path file, byte[] text) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            out.write(text);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
    }

    private static String text(SimulationTrace trace) throws IOException {
        StringBuilder text = new StringBuilder(JsonLines.write(header(trace))).append('\n');
        for (FaultOccurrence fault : trace.schedule()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("fault", fault.kind().label());
            line.put("atNanos", fault.at().toNanos());
            line.put("draw", fault.draw());
            text.append(JsonLines.write(line)).append('\n');
        }
        for (ChoiceOccurrence choice : choices(trace)) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("choice", choice.choice());
            line.put("node", choice.node().value());
            line.put("atNanos", choice.atNanos());
            line.put("turn", choice.turn());
            line.put("number", choice.number());
            line.put("taken", choice.taken());
            text.append(JsonLines.write(line)).append('\n');
        }
        return text.toString();
    }

    private static List<ChoiceOccurrence> choices(SimulationTrace trace) {
        return trace.script().map(Script::choices).orElse(List.of());
    }

    private static Map<String, Object> header(SimulationTrace trace) {
        Origin origin = trace.origin();
        Found found = trace.found();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(MARK, SimulationTrace.FORMAT_VERSION);
        object.put("protocol", origin.protocol());
        object.put("class", origin.stateType());
        object.put("scenario", origin.scenario());
        object.put("scenarioClass", origin.scenarioType());
        object.put("settings", origin.settings());
        object.put("parameters", origin.parameters());
        object.put("nodes", trace.nodes());
        object.put("seed", trace.seed());
        trace.until().ifPresent(until -> object.put("untilNanos", until.toNanos()));
        object.put("checkEvery", trace.checkEvery());
        object.put("faultsUntilNanos", trace.faultsUntil().toNanos());
        object.put("resolver", origin.choices().resolver());
        if (!origin.choices().minimize().isEmpty()) {
            object.put("minimize", origin.choices().minimize());
            object.put("horizon", origin.choices().horizon().toNanos() + "ns");
        }
        object.put("connectionSetup", origin.connectionSetup());
        object.put("options", origin.options());
        object.put("configured", origin.configured());
        object.put("property", found.property());
        object.put("liveness", found.isLiveness());
        object.put("event", found.event());
        object.put("virtualNanos", found.atNanos());
        object.put("happening", found.happening());
        object.put("digest", found.digest());
        object.put("mix", origin.faults());
        object.put("faults", trace.schedule().size());
        trace.script().ifPresent(script -> {
            object.put("choicesBefore", script.before());
            object.put("choices", script.matter());
        });
        return object;
    }

    /**
     * Reads a trace.
     *
     * @throws TraceException FS258 when the file cannot be read, FS250 when it is no such trace, FS252 when it is cut short, FS253 when
     *     it has another format
     */
    public static SimulationTrace read(Path file) {
        try {
            return read(Files.readString(file));
        } catch (IOException failure) {
            throw new TraceException("FS258", "cannot read " + file + ": " + failure, failure);
        }
    }

    private static SimulationTrace read(String text) throws IOException {
        BufferedReader lines = new BufferedReader(new StringReader(text));
        JsonObject header = parse(1, JsonLines.nextLine(lines), object -> object);
        List<FaultOccurrence> schedule = new ArrayList<>();
        List<ChoiceOccurrence> choices = new ArrayList<>();
        int number = 2;
        for (String next = JsonLines.nextLine(lines); !next.isEmpty(); next = JsonLines.nextLine(lines)) {
            JsonObject line = parse(number, next, object -> object);
            if (line.values().containsKey("choice")) {
                choices.add(parse(number, line, SimulationTraceFile::choice));
            } else {
                schedule.add(parse(number, line, SimulationTraceFile::fault));
            }
            number++;
        }
        checkCount(schedule.size(), parse(1, header, object -> object.number("faults", 0)), "faults");
        checkCount(
                choices.size(),
                parse(1, header, object -> isScripted(object) ? object.number("choices", 0) : 0),
                "choices");
        return parse(1, header, object -> trace(object, schedule, choices));
    }

    private static boolean isScripted(JsonObject header) {
        return header.values().containsKey("choices");
    }

    private static void checkCount(int found, int expected, String what) {
        if (found != expected) {
            throw new TraceException(
                    found < expected ? "FS252" : "FS250",
                    "the trace has " + found + " " + what + ", but says " + expected);
        }
    }

    private static <T> T parse(int line, String text, JsonLines.Parser<T> parser) {
        try {
            return JsonLines.parse(text, parser);
        } catch (DamagedLineException damaged) {
            if (damaged.isCutShort()) {
                throw new TraceException("FS252", "the trace is cut short in line " + line, damaged);
            }
            throw unreadable(line, damaged);
        }
    }

    private static <T> T parse(int line, JsonObject object, JsonLines.Parser<T> parser) {
        try {
            return parser.parse(object);
        } catch (IOException wrong) {
            throw unreadable(line, wrong);
        }
    }

    private static TraceException unreadable(int line, IOException wrong) {
        return new TraceException("FS250", "line " + line + " is none of a trace: " + wrong.getMessage(), wrong);
    }

    private static FaultOccurrence fault(JsonObject object) throws IOException {
        String label = object.text("fault");
        Optional<FaultKind> kind = Arrays.stream(FaultKind.values())
                .filter(each -> each.label().equals(label))
                .findFirst();
        if (kind.isEmpty()) {
            List<String> labels =
                    Arrays.stream(FaultKind.values()).map(FaultKind::label).toList();
            throw new IOException("no fault is called '" + label + "'" + Nearest.hint(label, labels));
        }
        return new FaultOccurrence(kind.get(), Duration.ofNanos(object.natural("atNanos")), object.whole("draw"));
    }

    private static ChoiceOccurrence choice(JsonObject object) throws IOException {
        List<Integer> taken = object.numbers("taken", 0);
        for (int index = 1; index < taken.size(); index++) {
            if (taken.get(index) <= taken.get(index - 1)) {
                throw new IOException("'taken' is to grow, unlike " + taken);
            }
        }
        if (taken.isEmpty()) {
            throw new IOException("'taken' is to have an alternative at least");
        }
        return new ChoiceOccurrence(
                object.node("node"),
                object.text("choice"),
                object.natural("atNanos"),
                object.number("turn", 1),
                object.number("number", 1),
                taken);
    }

    private static SimulationTrace trace(
            JsonObject object, List<FaultOccurrence> schedule, List<ChoiceOccurrence> choices) throws IOException {
        int version = object.number(MARK, 0);
        if (version != SimulationTrace.FORMAT_VERSION) {
            throw new TraceException(
                    "FS253",
                    "the trace has the format " + version + ", this Foresail reads format "
                            + SimulationTrace.FORMAT_VERSION);
        }
        Optional<Duration> until = object.values().containsKey("untilNanos")
                ? Optional.of(Duration.ofNanos(object.natural("untilNanos")))
                : Optional.empty();
        Origin origin = origin(object);
        long seed = object.whole("seed");
        checkMix(origin.faults(), seed, schedule);
        return new SimulationTrace(
                origin,
                object.number("nodes", 1),
                seed,
                until,
                object.number("checkEvery", 1),
                Duration.ofNanos(object.natural("faultsUntilNanos")),
                schedule,
                isScripted(object)
                        ? Optional.of(new Script(object.natural("choicesBefore"), choices))
                        : Optional.empty(),
                new Found(
                        object.text("property"),
                        object.flag("liveness"),
                        object.natural("event"),
                        object.natural("virtualNanos"),
                        object.text("happening"),
                        object.text("digest")));
    }

    private static void checkMix(String faults, long seed, List<FaultOccurrence> schedule) throws IOException {
        try {
            // Without one the configuration's counts, which is not known here.
            if (!faults.isEmpty()) {
                FaultMix mix = FaultMix.perSeed(faults).apply(seed);
                schedule.forEach(fault -> mix.fault(fault.kind()));
            }
        } catch (IllegalArgumentException wrong) {
            throw new IOException("'mix' does not fit: " + wrong.getMessage(), wrong);
        }
    }

    private static Origin origin(JsonObject object) throws IOException {
        String minimize = object.textIfAny("minimize").orElse("");
        return new Origin(
                object.text("protocol"),
                object.text("class"),
                object.text("scenario"),
                object.text("scenarioClass"),
                object.textsByName("settings"),
                object.textsByName("parameters"),
                object.text("mix"),
                new Choices(
                        object.text("resolver"),
                        minimize,
                        minimize.isEmpty() ? Duration.ZERO : horizon(object.text("horizon"))),
                object.flag("connectionSetup"),
                object.texts("options"),
                object.flag("configured"));
    }

    private static Duration horizon(String text) throws IOException {
        try {
            return ParameterValues.duration(text);
        } catch (IllegalArgumentException wrong) {
            throw new IOException("'horizon' is to be a duration, not " + text, wrong);
        }
    }
}
