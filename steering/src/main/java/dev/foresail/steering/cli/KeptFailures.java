package dev.foresail.steering.cli;

import dev.foresail.choice.Verdict;
import dev.foresail.predictor.campaign.SavedFailure;
import dev.foresail.predictor.campaign.SeedOutcome;
import dev.foresail.predictor.campaign.ShrinkBudget;
import dev.foresail.predictor.campaign.SimulationPlan;
import dev.foresail.predictor.campaign.SimulationTrace;
import dev.foresail.predictor.trace.TraceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Of every property the first seed that violates it, made small and saved. */
final class KeptFailures<S> {
    private static final long MOST_RUNS = 2_000;

    private final List<SavedFailure<S>> saved = new ArrayList<>();
    private final List<String> unsaved = new ArrayList<>();

    /** Makes them small, all together in this time, unless the user has had enough before. */
    static <S> KeptFailures<S> of(
            SimulationPlan<S> plan,
            List<SeedOutcome> outcomes,
            SimulationTrace.Origin origin,
            Path directory,
            Duration time,
            Interruption interruption) {
        KeptFailures<S> kept = new KeptFailures<>();
        if (!time.isZero() && !interruption.isRequested()) {
            long endNanos = WallClock.nanos() + time.toNanos();
            ShrinkBudget budget = new ShrinkBudget(
                    MOST_RUNS, Long.MAX_VALUE, () -> interruption.isRequested() || WallClock.nanos() - endNanos >= 0);
            Set<String> properties = new TreeSet<>();
            for (SeedOutcome outcome : outcomes) {
                for (String property : violated(outcome)) {
                    if (properties.add(property)) {
                        kept.add(
                                property,
                                () -> SavedFailure.save(plan, outcome.seed(), property, origin, budget, directory));
                    }
                }
            }
        }
        return kept;
    }

    private static List<String> violated(SeedOutcome outcome) {
        return outcome.properties().entrySet().stream()
                .filter(judged -> judged.getValue().verdict() == Verdict.VIOLATED)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void add(String property, Supplier<Optional<SavedFailure<S>>> saving) {
        try {
            saving.get()
                    .ifPresentOrElse(
                            saved::add,
                            () -> unsaved.add("not saved: a run that violates " + property
                                    + " could not be repeated within --shrink-for"));
        } catch (TraceException unwritten) {
            unsaved.add("not saved: " + unwritten.getMessage() + "; --trace-dir names another directory");
        }
    }

    void print(Output output) {
        for (SavedFailure<S> each : saved) {
            output.prose("saved: " + each.file() + ": " + each.shrunk().property() + " with "
                    + each.shrunk().words());
        }
        if (!saved.isEmpty()) {
            output.prose("    again: foresail replay "
                    + Quoted.forShell(saved.get(0).file().toString()));
        }
        unsaved.forEach(output::hint);
    }

    /** For the result of the verb. */
    List<Map<String, Object>> json() {
        List<Map<String, Object>> list = new ArrayList<>();
        for (SavedFailure<S> each : saved) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("traceFile", each.file().toString());
            json.put("property", each.shrunk().property());
            json.put("seed", each.shrunk().seed());
            json.put("nodes", each.shrunk().plan().nodes());
            json.put("faults", each.shrunk().plan().faults(each.shrunk().seed()).size());
            json.put("faultsBefore", each.shrunk().faultsBefore());
            each.shrunk().choices().ifPresent(choices -> {
                json.put("choices", choices.matter());
                json.put("choicesBefore", choices.before());
            });
            json.put("event", each.shrunk().sighting().event());
            json.put("virtualSeconds", each.shrunk().sighting().atNanos() / 1e9);
            list.add(json);
        }
        return list;
    }
}
