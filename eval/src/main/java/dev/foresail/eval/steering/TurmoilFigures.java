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
        SortedMap<String, Long> interventions = new TreeMap<>();
        for (Outcome outcome : outcomes) {
            for (Intervention intervention : outcome.interventions()) {
                interventions.merge(intervention.property() + " by " + intervention.handler(), 1L, Long::sum);
            }
        }
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("runs", outcomes.size());
        results.put("violatedRuns", count(Outcome::isViolated));
        results.put("knowable", sum(Outcome::knowable));
        results.put("unknowable", sum(Outcome::unknowable));
        results.put("runsWithUnknowable", count(outcome -> outcome.unknowable() > 0));
        results.put(
                "runsWithInterventions",
                count(outcome -> !outcome.interventions().isEmpty()));
        results.put("interventions", interventions);
        results.put("eventsTurnedAway", sum(Outcome::turnedAway));
        results.put("decidedRuns", count(Outcome::isDecided));
        results.put("runsInWhichAllHaveLearnt", count(outcome -> outcome.learners() == PaxosTurmoil.NODES));
        results.put("handlersThatThrew", sum(outcome -> outcome.failures().size()));
        results.put("events", sum(Outcome::events));
        results.put("medianRoundTripMillis", median(Outcome::medianRoundTripMillis));
        results.put("medianVirtualSeconds", median(Outcome::virtualSeconds));
        return results;
    }

    private double median(ToDoubleFunction<Outcome> figure) {
        return Distribution.of(outcomes.stream()
                        .map(outcome -> figure.applyAsDouble(outcome))
                        .toList())
                .percentile(0.5);
    }
}
