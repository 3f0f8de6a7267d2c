package dev.foresail.steering.cluster.campaign;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.campaign.SeedOutcome;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.predictor.simulate.PropertyWatch.Violation;
import dev.foresail.predictor.simulate.Runaway;
import dev.foresail.steering.cluster.MessageReader;
import dev.foresail.steering.cluster.MessageWriter;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Outcomes of seeds as parts of messages. Of handlers that threw only the first are told, as reports show no more. Pure functions. */
final class OutcomeMessage {
    static final int MOST_FAILURES = 5;

    private OutcomeMessage() {}

    static void write(SeedOutcome outcome, MessageWriter out) {
        out.number(outcome.seed())
                .number(outcome.events())
                .real(outcome.virtualSeconds())
                .text(outcome.digest());
        out.each(
                outcome.metrics().entrySet(),
                metric -> out.text(metric.getKey()).real(metric.getValue()));
        out.each(
                outcome.properties().entrySet(),
                property -> out.text(property.getKey())
                        .text(property.getValue().kind().name())
                        .text(property.getValue().verdict().name()));
        DecisionCounts decisions = outcome.decisions();
        out.number(decisions.predicted()).number(decisions.cached()).number(decisions.fallback());
        out.each(
                outcome.violations(),
                violation -> out.text(violation.property())
                        .number(violation.node().value())
                        .text(violation.happening())
                        .number(violation.number())
                        .real(violation.seconds()));
        List<String> failures = outcome.failures();
        out.each(failures.subList(0, Math.min(MOST_FAILURES, failures.size())), out::text);
        out.flag(outcome.complete());
        out.each(
                outcome.runaway().stream().toList(),
                runaway -> out.text(runaway.code())
                        .text(runaway.node())
                        .text(runaway.event())
                        .real(runaway.seconds())
                        .text(runaway.text()));
    }

    /** @throws IllegalArgumentException when it is no outcome */
    static SeedOutcome read(MessageReader in) {
        return new SeedOutcome(
                in.number(),
                in.number(),
                in.real(),
                in.text(),
                sorted(in.each(() -> Map.entry(in.text(), in.real()))),
                sorted(in.each(() -> Map.entry(
                        in.text(),
                        new SeedOutcome.Judged(
                                PropertyDescription.Kind.valueOf(in.text()), Verdict.valueOf(in.text()))))),
                new DecisionCounts(in.number(), in.number(), in.number()),
                in.each(() -> new Violation(in.text(), NodeId.of(in.number()), in.text(), in.number(), in.real())),
                in.each(in::text),
                in.flag(),
                in.each(() -> new Runaway(in.text(), in.text(), in.text(), in.real(), in.text())).stream()
                        .findFirst());
    }

    private static <V> SortedMap<String, V> sorted(List<Map.Entry<String, V>> entries) {
        SortedMap<String, V> sorted = new TreeMap<>();
        entries.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }
}
