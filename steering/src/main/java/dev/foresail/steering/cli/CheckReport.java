package dev.foresail.steering.cli;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchReport.Ended;
import dev.foresail.predictor.search.SearchReport.Outcome;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import dev.foresail.predictor.trace.TraceStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What is said of a search: to people, to tools, and as an exit code. */
final class CheckReport {
    private final SystemModel<?> model;
    private final Machine<?> machine;
    private final SearchSettings settings;
    private final SearchReport report;
    private final List<FoundPath> paths;
    private final boolean isClean;

    /** @param isClean whether nothing was found in the code that makes a handler depend on more than it is given */
    CheckReport(
            SystemModel<?> model,
            SearchSettings settings,
            SearchReport report,
            List<FoundPath> paths,
            boolean isClean) {
        this.model = model;
        this.machine = model.machine();
        this.settings = settings;
        this.report = report;
        this.paths = List.copyOf(paths);
        this.isClean = isClean;
    }

    void print(Output output, String classPath) {
        output.table(new Table("distinct worlds", "transitions", "handler runs", "depth", "seconds")
                .row(
                        report.distinctWorlds(),
                        report.transitions(),
                        report.handlerRuns(),
                        report.maxDepth(),
                        seconds()));
        for (FoundPath path : paths) {
            print(path, output, classPath);
        }
        output.prose("");
        for (String property : report.untold()) {
            output.prose(property + " cannot be told in some world: it asks for a node that is "
                    + (model.isComplete() ? "down, or that there is not" : "not known"));
        }
        output.prose(verdict());
    }

    private static void print(FoundPath path, Output output, String classPath) {
        Violation violation = path.violation();
        output.prose("");
        output.prose(violation.property() + " is violated"
                + (hasNoPath(violation) ? "" : " after " + count(violation.depth(), "event"))
                + (violation.detail().isEmpty() ? "" : ": " + violation.detail()));
        for (TraceStep step : path.steps()) {
            StepText.lines(step).forEach(output::prose);
        }
        if (!path.traceFile().isEmpty()) {
            output.prose("trace:   " + path.traceFile());
            output.prose("again:   foresail replay " + Quoted.forShell(path.traceFile()) + classPath);
            output.prose("a test:  Traces.assertFixed(Path.of(" + Quoted.forJava(path.traceFile()) + "));");
        }
        if (!path.remark().isEmpty()) {
            output.prose("no trace: " + path.remark());
        }
    }

    /** A handler threw at the beginning, or one did not return, so that nobody could say how it came to that. */
    private static boolean hasNoPath(Violation violation) {
        return violation.actions().isEmpty() && violation.property().equals(SystemModel.HANDLER_THREW);
    }

    /** What was run once may go another way when the code is not deterministic; a path that was found is there. */
    private Outcome outcome() {
        Outcome outcome = report.outcome();
        return outcome == Outcome.HOLDS && !isClean ? Outcome.UNKNOWN : outcome;
    }

    /** The verdict in a sentence that claims no more than was done. */
    private String verdict() {
        return switch (outcome()) {
            case VIOLATED ->
                "violated: "
                        + report.violations().stream()
                                .map(violation -> violation.property()
                                        + (hasNoPath(violation) ? "" : " at depth " + violation.depth()))
                                .collect(Collectors.joining(", "));
            case HOLDS -> "holds: " + whatHolds() + " in all " + worlds() + collisions();
            case UNKNOWN -> "unknown: " + whyUnknown() + "; no violation was found in " + worlds() + collisions();
        };
    }

    private String whatHolds() {
        List<String> safety = names(PropertyDescription.Kind.SAFETY);
        List<String> liveness = names(PropertyDescription.Kind.LIVENESS);
        String holds = safety.isEmpty()
                ? "no handler throws (the protocol has no safety property)"
                : String.join(", ", safety) + " (safety) and no handler throws";
        return holds
                + (liveness.isEmpty()
                        ? ""
                        : "; " + String.join(", ", liveness) + " (liveness) needs --search walk; this is so");
    }

    private List<String> names(PropertyDescription.Kind kind) {
        return machine.properties().stream()
                .filter(property -> property.kind() == kind)
                .map(PropertyDescription::name)
                .toList();
    }

    private String whyUnknown() {
        if (report.ended() == Ended.EXHAUSTED && report.distinctWorlds() == 0) {
            return "there is no world to begin with: the scenario's constraints leave none";
        }
        if (report.ended() == Ended.EXHAUSTED) {
            if (report.kind() == SearchKind.EXHAUSTIVE) {
                return whyNotHolds();
            }
            return report.kind() == SearchKind.WALK
                    ? "random walks see a part of the worlds only"
                    : "consequence prediction leaves worlds out on purpose";
        }
        return "the search ended at depth " + report.maxDepth() + " because "
                + switch (report.ended()) {
                    case DEPTH -> "no path may be longer (--max-depth " + settings.maxDepth() + ")";
                    case WORLDS ->
                        settings.maxWorlds() == Long.MAX_VALUE
                                ? "it has seen as many worlds as can be told apart"
                                : "it has seen as many worlds as it may (--max-states " + settings.maxWorlds() + ")";
                    case TIME -> "its time is over (--max-seconds)";
                    case MEMORY ->
                        settings.maxHeapBytes() == Long.MAX_VALUE
                                ? "there is no more memory (JAVA_OPTS=-Xmx4g gives more, --max-memory ends in time)"
                                : "the heap holds as much as it may (--max-memory)";
                    case INTERRUPTED -> "it was interrupted";
                    case EXHAUSTED, VIOLATION -> "there was nothing left to do";
                };
    }

    private String whyNotHolds() {
        if (!report.isComplete()) {
            return "what nodes may do that are not known was left out";
        }
        return report.untold().isEmpty()
                ? "a handler may depend on more than it is given"
                : String.join(", ", report.untold()) + " cannot be told in every world";
    }

    private String worlds() {
        return count(report.distinctWorlds(), "distinct world");
    }

    private static String count(long number, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    private String collisions() {
        return report.collisionOdds() > 0
                ? String.format(
                        Locale.ROOT,
                        " (the odds that one was taken for another and left out: %.1e)",
                        report.collisionOdds())
                : "";
    }

    private double seconds() {
        return report.nanos() / (double) TimeUnit.SECONDS.toNanos(1);
    }

    int exitCode() {
        if (report.violations().stream().anyMatch(violation -> !violation.isLiveness())) {
            return ExitCode.SAFETY_VIOLATED;
        }
        if (!report.violations().isEmpty()) {
            return ExitCode.LIVENESS_VIOLATED;
        }
        if (!isClean) {
            return ExitCode.DIVERGED;
        }
        return outcome() == Outcome.HOLDS ? ExitCode.DONE : ExitCode.UNKNOWN;
    }

    Map<String, Object> json(long heapBytes) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("protocol", machine.protocol());
        json.put("search", SearchOptions.Kinds.word(report.kind()));
        json.put("distinctStates", report.distinctWorlds());
        json.put("transitions", report.transitions());
        json.put("handlerRuns", report.handlerRuns());
        json.put("localStates", report.localStates());
        json.put("messages", report.messages());
        json.put("maxDepth", report.maxDepth());
        json.put("seconds", seconds());
        json.put("processSeconds", ProcessFigures.seconds());
        json.put("workers", settings.workers());
        json.put("heapBytes", heapBytes);
        json.put("peakRssBytes", ProcessFigures.peakRssBytes());
        json.put("verdict", word(outcome()));
        json.put("violations", paths.stream().map(CheckReport::json).toList());
        json.put("ended", word(report.ended()));
        json.put("collisionOdds", report.collisionOdds());
        json.put("worldsByDepth", report.worldsByDepth());
        json.put("untold", report.untold());
        if (report.ended() == Ended.INTERRUPTED) {
            json.put("partial", true);
        }
        return json;
    }

    /** The result of a search that could not be ended because the same step gave something else. */
    static Map<String, Object> withoutResult(SystemModel<?> model, SearchSettings settings, String why) {
        SearchReport nothing = new SearchReport(
                settings.kind(),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                List.of(),
                Ended.INTERRUPTED,
                List.of(),
                0,
                List.of(),
                model.isComplete());
        Map<String, Object> json = new CheckReport(model, settings, nothing, List.of(), false).json(0);
        json.remove("partial");
        json.put("ended", "nondeterminism");
        json.put("detail", why);
        return json;
    }

    private static Map<String, Object> json(FoundPath path) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("property", path.violation().property());
        json.put("depth", path.violation().depth());
        json.put("traceFile", path.traceFile());
        json.put("steps", path.steps().stream().map(StepText::json).toList());
        json.put("kind", path.violation().isLiveness() ? "liveness" : "safety");
        json.put("detail", path.violation().detail());
        return json;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
