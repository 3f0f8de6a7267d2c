package dev.foresail.steering.config;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.MetricDescription;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Mistake;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.objective.Objective.Futures;
import dev.foresail.predictor.objective.Objective.Wanted;
import dev.foresail.predictor.objective.language.Expression;
import dev.foresail.predictor.objective.language.ExpressionSyntaxException;
import dev.foresail.predictor.text.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads objectives with their horizon. */
final class ObjectivesBinder {
    static final Duration DEFAULT_HORIZON = Duration.ofSeconds(10);

    private final Optional<Machine<?>> machine;
    private final List<String> provided;
    private final Problems problems;
    private final Values values;

    /**
     * @param machine empty when the protocol is not known, so that names cannot be checked
     * @param provided figures of links that providers tell
     */
    ObjectivesBinder(Optional<Machine<?>> machine, List<String> provided, Problems problems, Values values) {
        this.machine = machine;
        this.provided = List.copyOf(provided);
        this.problems = problems;
        this.values = values;
    }

    /** Takes {@code objectives}, {@code horizon} and {@code futures}; empty when there are no objectives, or none that can be used. */
    Optional<Objective> read(Section section) {
        Duration horizon = section.take("horizon")
                .flatMap(node -> values.span(node, section.pathOf("horizon")))
                .orElse(DEFAULT_HORIZON);
        Futures futures = section.take("futures")
                .flatMap(node -> futures(node, section.pathOf("futures")))
                .orElse(Futures.WHOLE);
        String path = section.pathOf("objectives");
        List<Objective.Goal> goals = section.take("objectives")
                .map(list -> goals(list, path, horizon))
                .orElse(List.of());
        return goals.isEmpty() ? Optional.empty() : Optional.of(new Objective(goals, horizon, provided, futures));
    }

    private Optional<Futures> futures(Node node, String path) {
        List<String> labels =
                Arrays.stream(Futures.values()).map(Futures::label).toList();
        Optional<String> given = values.text(node, path, "one of " + labels);
        Optional<Futures> futures = given.flatMap(label -> Arrays.stream(Futures.values())
                .filter(known -> known.label().equals(label))
                .findFirst());
        if (given.isPresent() && futures.isEmpty()) {
            problems.add(
                    node,
                    "FS207",
                    path + ": no futures are named '" + given.get() + "'" + Nearest.hint(given.get(), labels));
        }
        return futures;
    }

    private List<Objective.Goal> goals(Node list, String path, Duration horizon) {
        List<Objective.Goal> goals = new ArrayList<>();
        List<Node> elements = values.list(list, path, "a list such as '- minimize: METRIC'");
        for (Node element : elements) {
            if (!(element instanceof MappingNode mapping) || mapping.getValue().size() != 1) {
                values.wrong(element, path, "'minimize: METRIC', 'maximize: METRIC' or 'subject to: CONSTRAINT'");
                continue;
            }
            Section section = new Section(element, path, problems);
            for (Wanted wanted : Wanted.values()) {
                section.take(wanted.label())
                        .flatMap(node -> goal(node, section.pathOf(wanted.label()), wanted, horizon))
                        .ifPresent(goals::add);
            }
            section.finish();
        }
        if (list instanceof SequenceNode && elements.isEmpty()) {
            values.wrong(list, path, "at least one objective");
        }
        return goals;
    }

    private Optional<? extends Objective.Goal> goal(Node node, String path, Wanted wanted, Duration horizon) {
        if (node instanceof MappingNode && wanted != Wanted.SUBJECT_TO) {
            return weights(node, path, wanted == Wanted.MAXIMIZE ? -1 : 1);
        }
        String expected = wanted == Wanted.SUBJECT_TO
                ? "a constraint such as 'p95(METRIC) < 50'"
                : "the name of a metric, or an expression such as 'mean(METRIC) + 0.2 * METRIC'";
        return values.text(node, path, expected)
                .flatMap(text -> formula((ScalarNode) node, path, wanted, text, horizon));
    }

    private Optional<Objective.Term> weights(Node node, String path, int sign) {
        SortedMap<String, Double> weights = new TreeMap<>();
        new Section(node, path, problems).entries().forEach((name, entry) -> {
            checkMetric(entry.key(), name);
            values.number(entry.value(), path + "." + name).ifPresent(weight -> weights.put(name, sign * weight));
        });
        return weights.isEmpty() ? Optional.empty() : Optional.of(new Objective.Term(weights));
    }

    private void checkMetric(Node at, String name) {
        machine.ifPresent(known -> {
            List<String> names =
                    known.metrics().stream().map(MetricDescription::name).toList();
            if (!names.contains(name)) {
                problems.add(
                        at, "FS220", known.protocol() + " has no metric '" + name + "'" + Nearest.hint(name, names));
            }
        });
    }

    private Optional<? extends Objective.Goal> formula(
            ScalarNode node, String path, Wanted wanted, String text, Duration horizon) {
        Objective.Formula formula;
        try {
            formula = Objective.Formula.parse(wanted, text);
        } catch (ExpressionSyntaxException mistake) {
            problems.add(node, mistake.column(), "FS454", path + ": " + mistake.problem());
            return Optional.empty();
        }
        List<Mistake> mistakes = machine.map(
                        known -> BoundObjective.mistakes(known, formula, new Objective(List.of(), horizon, provided)))
                .orElse(List.of());
        for (Mistake mistake : mistakes) {
            problems.add(node, mistake.column(), mistake.code(), mistake.text());
        }
        if (formula.expression() instanceof Expression.Name name) {
            return Optional.of(new Objective.Term(
                    new TreeMap<>(java.util.Map.of(name.name(), wanted == Wanted.MAXIMIZE ? -1.0 : 1.0))));
        }
        return mistakes.isEmpty() ? Optional.of(formula) : Optional.empty();
    }
}
