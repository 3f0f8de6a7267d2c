package dev.foresail.predictor.objective;

import dev.foresail.choice.UnknownNodeException;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.MetricDescription;
import dev.foresail.predictor.view.PictureView;
import dev.foresail.predictor.view.Verdicts;
import java.util.ArrayList;
import java.util.List;

/** An objective with the metrics of a protocol that it names. Stateless, thread-safe. */
public final class BoundObjective<S> {
    private final Machine<S> machine;
    private final Objective objective;
    private final List<List<Weighted<S>>> terms = new ArrayList<>();

    private record Weighted<S>(MetricDescription<S> metric, double weight) {}

    /** @throws IllegalArgumentException when a metric is unknown */
    public BoundObjective(Machine<S> machine, Objective objective) {
        this.machine = machine;
        this.objective = objective;
        for (Objective.Term term : objective.terms()) {
            List<Weighted<S>> weighted = new ArrayList<>();
            term.weights().forEach((name, weight) -> weighted.add(new Weighted<>(metric(machine, name), weight)));
            terms.add(weighted);
        }
    }

    private static <S> MetricDescription<S> metric(Machine<S> machine, String name) {
        return machine.metrics().stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no metric of " + machine.protocol() + " is named '"
                        + name + "'; its metrics are "
                        + machine.metrics().stream()
                                .map(MetricDescription::name)
                                .toList()));
    }

    public Objective objective() {
        return objective;
    }

    /**
     * The costs in the view, the lower the better: first the number of violated safety properties, then the terms in
     * order. A metric that depends on unknown nodes counts as 0, as it cannot tell alternatives apart.
     */
    public double[] costs(PictureView<S> view) {
        double[] costs = new double[terms.size() + 1];
        costs[0] = Verdicts.violatedSafety(machine, view);
        for (int term = 0; term < terms.size(); term++) {
            for (Weighted<S> weighted : terms.get(term)) {
                costs[term + 1] += weighted.weight() * value(weighted.metric(), view);
            }
        }
        return costs;
    }

    private static <S> double value(MetricDescription<S> metric, PictureView<S> view) {
        try {
            double value = metric.evaluate(view, view);
            return Double.isNaN(value) ? 0 : value;
        } catch (UnknownNodeException unknown) {
            return 0;
        }
    }
}
