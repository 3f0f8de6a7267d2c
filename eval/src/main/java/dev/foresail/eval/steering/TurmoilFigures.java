package dev.foresail.eval.steering;

import dev.foresail.eval.experiment.Distribution;
import dev.foresail.eval.steering.PaxosTurmoil.Outcome;
import dev.foresail.steering.control.Intervention;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What runs of one kind came to. Immutable. */
final class TurmoilFigures {
    private final List<Outcome> outcomes;

    TurmoilFigures(List<Outcome> outcomes) {
        this.outcomes = List.copyOf(outcomes);
    }

    /** NaN without runs. */
    double percentOf(Predicate<Outcome> kind) {
        return 100.0 * outcomes.stream().filter(kind).count() / outcomes.size();
    }

    long sum(ToLongFunction<Outcome> figure) {
        return outcomes.stream().mapToLong(figure).sum();
    }

    private long count(Predicate<Outcome> kind) {
        return outcomes.stream().filter(kind).count();
    }

    Map<String, Object> results() {
        List<Intervention> interventions = outcomes.stream()
                .flatMap(outcome -> outcome.interventions().stream())
                .toList();
        SortedMap<String, Long> lookingAhead = new TreeMap<>();
        outcomes.forEach(
                outcome -> outcome.lookingAhead().forEach((name, count) -> lookingAhead.merge(name, count, Long::sum)));
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("runs", outcomes.size());
        results.put("violatedRuns", count(Outcome::isViolated));
        results.put("knowable", sum(Outcome::knowable));
        results.put("unknowable", sum(Outcome::unknowable));
        results.put("runsWithUnknowable", count(outcome -> outcome.unknowable() > 0));
        results.put(
                "runsWithInterventions",
                count(outcome -> !outcome.interventions().isEmpty()));
        results.put("runsPreventedBy", preventedBy());
        results.put("interventions", SteeringTally.byKind(interventions));
        results.put("lookingAhead", lookingAhead);
        results.put("eventsTurnedAway", sum(Outcome::turnedAway));
        results.put("decidedRuns", count(Outcome::isDecided));
        results.put("runsInWhichAllHaveLearnt", count(outcome -> outcome.learners() == PaxosTurmoil.NODES));
        results.put("handlersThatThrew", sum(outcome -> outcome.failures().size()));
        results.put("events", sum(Outcome::events));
        results.put("medianRoundTripMillis", median(Outcome::medianRoundTripMillis));
        results.put("medianVirtualSeconds", median(Outcome::virtualSeconds));
        return results;
    }

    /** Of the runs in which there was something to prevent: how many were so by what steering did first. */
    private SortedMap<String, Long> preventedBy() {
        SortedMap<String, Long> prevented = new TreeMap<>();
        for (Intervention.Kind kind : Intervention.Kind.values()) {
            prevented.put(
                    kind.label(),
                    count(outcome ->
                            outcome.interventions().stream().limit(1).anyMatch(first -> first.kind() == kind)));
        }
        return prevented;
    }

    private double median(ToDoubleFunction<Outcome> figure) {
        return Distribution.of(outcomes.stream()
                        .map(outcome -> figure.applyAsDouble(outcome))
                        .toList())
                .percentile(0.5);
    }
}
