package dev.foresail.predictor.decision;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.calibration.ChoiceTerm;
import dev.foresail.predictor.calibration.PastResiduals;
import dev.foresail.predictor.calibration.Residual;
import dev.foresail.predictor.json.DamagedLineException;
import dev.foresail.predictor.json.JsonLines;
import dev.foresail.predictor.json.JsonObject;
import dev.foresail.predictor.node.Basis;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.objective.Objective;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Decisions as JSON lines: a header, then a line for each decision when it is taken and one for each outcome when it is known.
 * docs/explaining.md names the fields. A file may end anywhere between two lines, as nodes may. Stateless.
 */
public final class DecisionFile {
    /** The version of the format that is written and read. */
    public static final int FORMAT_VERSION = 1;

    private static final String MARK = "foresail-decisions";
    private static final String OUTCOME = "outcome";
    private static final String TERM = "term";
    private static final String EXPLORED = "explored";
    private static final String LOW = "low";
    private static final String HIGH = "high";

    private DecisionFile() {}

    /**
     * What a file says of the run.
     *
     * @param run how it came about, such as the command
     */
    public record Header(String protocol, String run) {}

    /**
     * A file that was read.
     *
     * @param cutShort the number of the last line when it has no end, in which case it counts only when all of its object is there; 0 when it has
     */
    public record Contents(Header header, List<KeptDecision> decisions, int cutShort) {
        public Contents {
            decisions = List.copyOf(decisions);
        }
    }

    /** The first line. */
    static String header(Header header) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(MARK, FORMAT_VERSION);
        object.put("protocol", header.protocol());
        object.put("run", header.run());
        return JsonLines.write(object) + "\n";
    }

    /**
     * The line of a decision.
     *
     * @param number of the node's decisions in this file
     */
    static String line(Decision decision, long number) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("node", decision.node().value());
        object.put("number", number);
        object.put("atNanos", decision.atNanos());
        object.put("choice", decision.choice());
        object.put("event", decision.event().toString());
        object.put("alternatives", decision.alternatives());
        object.put("chosen", decision.chosen());
        object.put("by", by(decision).label());
        object.put("elapsedNanos", decision.elapsedNanos());
        object.put("waited", decision.waited());
        if (decision.explored()) {
            object.put(EXPLORED, true);
        }
        if (!decision.values().isEmpty()) {
            object.put(
                    "values",
                    decision.values().stream().map(DecisionFile::value).toList());
            if (!decision.basis().isBeforeDeployment()) {
                object.put("evidence", evidence(decision));
            }
        }
        return JsonLines.write(object) + "\n";
    }

    /** The line of what became of a decision. */
    static String line(NodeId node, long number, KeptDecision.Outcome outcome) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("node", node.value());
        object.put("number", number);
        Map<String, Object> became = new LinkedHashMap<>();
        became.put("horizonNanos", outcome.horizonNanos());
        became.put("goal", outcome.goal());
        became.put("goals", outcome.goals());
        became.put("cost", Double.toString(outcome.cost()));
        object.put(OUTCOME, became);
        return JsonLines.write(object) + "\n";
    }

    private static KeptDecision.By by(Decision decision) {
        return switch (decision.source()) {
            case PREDICTED -> KeptDecision.By.PREDICTED;
            case CACHED -> known(decision.basis());
            case FALLBACK -> KeptDecision.By.POLICY;
        };
    }

    private static KeptDecision.By known(Basis basis) {
        if (basis.isBeforeDeployment()) {
            return KeptDecision.By.PRECOMPUTED;
        }
        return basis.isAhead() ? KeptDecision.By.PRE_RESOLVED : KeptDecision.By.CACHED;
    }

    private static Map<String, Object> value(Decision.Value value) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("mean", Double.toString(value.mean()));
        object.put("spread", Double.toString(value.spread()));
        object.put("rollOuts", value.rollOuts());
        if (value.term() != Decision.Value.UNKNOWN_TERM) {
            object.put(TERM, value.term());
        }
        if (value.hasInterval()) {
            object.put(LOW, Double.toString(value.low()));
            object.put(HIGH, Double.toString(value.high()));
        }
        return object;
    }

    private static Map<String, Object> evidence(Decision decision) {
        Basis basis = decision.basis();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("oldestNanos", decision.evidenceAgeNanos());
        object.put("complete", basis.isComplete());
        long since = decision.evidenceAgeNanos() - basis.oldestNanos();
        List<Map<String, Object>> checkpoints = new ArrayList<>();
        basis.checkpointAgesNanos().forEach((node, age) -> {
            Map<String, Object> checkpoint = new LinkedHashMap<>();
            checkpoint.put("node", node.value());
            checkpoint.put("ageNanos", Math.max(0, age + since));
            checkpoints.add(checkpoint);
        });
        object.put("checkpoints", checkpoints);
        object.put(
                "unknownLinks",
                basis.unknownLinks().stream()
                        .map(node -> Map.of("node", node.value()))
                        .toList());
        return object;
    }

    /**
     * Reads a file; leaves {@code in} open.
     *
     * @throws DecisionFileException FS474 when it is no file of decisions, or of another format; FS475 when a line is damaged
     */
    public static Contents read(Reader in) throws IOException {
        BufferedReader text = new BufferedReader(in);
        String line;
        Header header;
        try {
            line = JsonLines.nextLine(text);
            header = JsonLines.parse(line, DecisionFile::header);
        } catch (DamagedLineException damaged) {
            throw new DecisionFileException("FS474", "it is no file of decisions: " + damaged.getMessage());
        }
        Map<String, KeptDecision> decisions = new LinkedHashMap<>();
        int number = 1;
        while (line.endsWith("\n")) {
            number++;
            line = nextLine(text, number);
            if (line.isEmpty()) {
                return new Contents(header, List.copyOf(decisions.values()), 0);
            }
            add(line, number, decisions);
        }
        return new Contents(header, List.copyOf(decisions.values()), number);
    }

    /**
     * How far off the predictions of decisions were whose outcomes are known.
     *
     * @param objectives of a choice, by its name; outcomes by other goals or horizons are left out
     */
    public static PastResiduals residuals(
            List<KeptDecision> decisions, Function<String, Optional<Objective>> objectives) {
        PastResiduals.Collector residuals = new PastResiduals.Collector();
        for (KeptDecision decision : decisions) {
            Optional<Objective> objective = objectives.apply(decision.choice());
            decision.error().stream()
                    .filter(error -> objective.isPresent()
                            && decision.outcome().orElseThrow().isBy(objective.get()))
                    .forEach(error -> residuals.add(
                            new ChoiceTerm(decision.choice(), KeptDecision.FIRST_GOAL),
                            new Residual(
                                    decision.predicted().orElseThrow().mean(),
                                    decision.outcome().orElseThrow().cost())));
        }
        return residuals.residuals();
    }

    private static String nextLine(Reader text, int number) throws IOException {
        try {
            return JsonLines.nextLine(text);
        } catch (DamagedLineException endless) {
            throw damaged(number, endless);
        }
    }

    private static void add(String line, int number, Map<String, KeptDecision> decisions) {
        try {
            JsonLines.parse(line, object -> add(object, decisions));
        } catch (DamagedLineException damaged) {
            if (line.endsWith("\n")) {
                throw damaged(number, damaged);
            }
        }
    }

    private static DecisionFileException damaged(int number, DamagedLineException damaged) {
        return new DecisionFileException("FS475", "line " + number + " is damaged: " + damaged.getMessage());
    }

    private static Header header(JsonObject object) throws IOException {
        int version = object.number(MARK, 0);
        if (version != FORMAT_VERSION) {
            throw new DecisionFileException(
                    "FS474", "the file has the format " + version + ", this Foresail reads format " + FORMAT_VERSION);
        }
        return new Header(object.text("protocol"), object.text("run"));
    }

    private static KeptDecision add(JsonObject object, Map<String, KeptDecision> decisions) throws IOException {
        if (object.values().containsKey(OUTCOME)) {
            String id = KeptDecision.id(object.node("node"), object.natural("number"));
            KeptDecision decided = decisions.get(id);
            if (decided == null) {
                throw new IOException("an outcome of " + id + ", which has not decided");
            }
            KeptDecision complete = decided.with(outcome(object.object(OUTCOME)));
            decisions.put(id, complete);
            return complete;
        }
        KeptDecision decision = decision(object);
        if (decisions.put(decision.id(), decision) != null) {
            throw new IOException(decision.id() + " is there twice");
        }
        return decision;
    }

    private static KeptDecision.Outcome outcome(JsonObject object) throws IOException {
        return new KeptDecision.Outcome(
                object.natural("horizonNanos"),
                object.text("goal"),
                object.number("goals", 1),
                decimal("cost", object));
    }

    private static Decision.Value value(JsonObject value) throws IOException {
        Decision.Value predicted = new Decision.Value(
                decimal("mean", value),
                decimal("spread", value),
                value.number("rollOuts", 0),
                value.values().containsKey(TERM) ? value.number(TERM, 0) : Decision.Value.UNKNOWN_TERM);
        return value.values().containsKey(LOW)
                ? predicted.within(decimal(LOW, value), decimal(HIGH, value))
                : predicted;
    }

    private static KeptDecision decision(JsonObject object) throws IOException {
        List<String> alternatives = object.texts("alternatives");
        List<Decision.Value> values = new ArrayList<>();
        for (JsonObject value : object.objects("values")) {
            values.add(value(value));
        }
        int chosen = object.number("chosen", 0);
        if (chosen >= alternatives.size() || (!values.isEmpty() && values.size() != alternatives.size())) {
            throw new IOException(alternatives.size() + " alternatives with " + values.size()
                    + " values, of which number " + chosen + " was taken");
        }
        NodeId node = object.node("node");
        KeptDecision.By by = by(object.text("by"));
        boolean hasEvidence = !values.isEmpty() && by != KeptDecision.By.PRECOMPUTED;
        return new KeptDecision(
                node,
                object.natural("number"),
                object.whole("atNanos"),
                object.text("choice"),
                object.text("event"),
                alternatives,
                values,
                chosen,
                by,
                object.whole("elapsedNanos"),
                object.flag("waited"),
                hasEvidence ? Optional.of(evidence(object.object("evidence"))) : Optional.empty(),
                Optional.empty(),
                object.values().containsKey(EXPLORED) && object.flag(EXPLORED));
    }

    private static KeptDecision.By by(String label) throws IOException {
        return Arrays.stream(KeptDecision.By.values())
                .filter(by -> by.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IOException("nobody decides who is called '" + label + "'"));
    }

    private static KeptDecision.Evidence evidence(JsonObject object) throws IOException {
        SortedMap<NodeId, Long> ages = new TreeMap<>();
        for (JsonObject checkpoint : object.objects("checkpoints")) {
            ages.put(checkpoint.node("node"), checkpoint.natural("ageNanos"));
        }
        List<NodeId> unknown = new ArrayList<>();
        for (JsonObject link : object.objects("unknownLinks")) {
            unknown.add(link.node("node"));
        }
        return new KeptDecision.Evidence(object.whole("oldestNanos"), ages, object.flag("complete"), unknown);
    }

    private static double decimal(String name, JsonObject object) throws IOException {
        String text = object.text(name);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException wrong) {
            throw new IOException("'" + name + "' is to be a number, not '" + text + "'", wrong);
        }
    }
}
