package dev.foresail.steering.config;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.MetricDescription;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.resolve.ResolverSettings.Kind;
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

/** Reads objectives and the resolver. */
final class ResolverBinder {
    static final Duration DEFAULT_HORIZON = Duration.ofSeconds(10);
    private static final List<String> KINDS =
            Arrays.stream(Kind.values()).map(Kind::label).toList();

    private final Optional<Machine<?>> machine;
    private final Problems problems;
    private final Values values;

    /** @param machine empty when the protocol is not known, so that names of metrics cannot be checked */
    ResolverBinder(Optional<Machine<?>> machine, Problems problems, Values values) {
        this.machine = machine;
        this.problems = problems;
        this.values = values;
    }

    /** Takes {@code objectives}, {@code horizon} and {@code resolver}. */
    ResolverSettings read(Section root) {
        Optional<Node> list = root.take("objectives");
        List<Objective.Term> terms = list.map(this::terms).orElse(List.of());
        Duration horizon = root.take("horizon")
                .flatMap(node -> values.span(node, "horizon"))
                .orElse(DEFAULT_HORIZON);
        Optional<Objective> objective = terms.isEmpty() ? Optional.empty() : Optional.of(new Objective(terms, horizon));
        Kind otherwise = list.isPresent() ? Kind.PREDICTED : Kind.RANDOM;
        Optional<Node> resolver = root.take("resolver");
        ResolverSettings settings = resolver.map(node -> resolver(node, otherwise, objective))
                .orElseGet(() -> settings(objective.isPresent() ? Kind.PREDICTED : Kind.RANDOM, objective));
        if (resolver.isPresent() && list.isEmpty()) {
            kindOf(resolver.get())
                    .filter(kind -> kind == Kind.PREDICTED)
                    .ifPresent(kind -> problems.add(
                            resolver.get(),
                            "FS222",
                            "the resolver 'predicted' needs objectives; add 'objectives: [{minimize: METRIC}]'"));
        }
        return settings;
    }

    private static ResolverSettings settings(Kind kind, Optional<Objective> objective) {
        ResolverSettings defaults = ResolverSettings.policy(Kind.RANDOM);
        Kind possible = kind == Kind.PREDICTED && objective.isEmpty() ? Kind.RANDOM : kind;
        return new ResolverSettings(
                possible,
                objective,
                defaults.maxRounds(),
                defaults.cacheEntries(),
                defaults.cacheLife(),
                defaults.script());
    }

    private static Optional<Kind> kindOf(Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream()
                    .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key
                            && key.getValue().equals("kind"))
                    .findFirst()
                    .flatMap(tuple -> kindOf(tuple.getValueNode()));
        }
        return node instanceof ScalarNode scalar ? kind(scalar.getValue()) : Optional.empty();
    }

    /** The resolver of that name. */
    static Optional<Kind> kind(String label) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.label().equals(label))
                .findFirst();
    }

    private ResolverSettings resolver(Node node, Kind otherwise, Optional<Objective> objective) {
        if (!(node instanceof MappingNode)) {
            Kind kind = checkedKind(node, "resolver").orElse(otherwise);
            if (kind == Kind.SCRIPTED) {
                problems.add(node, "FS222", "the resolver 'scripted' needs a script: {kind: scripted, script: [0, 1]}");
            }
            return settings(kind, objective);
        }
        Section section = new Section(node, "resolver", problems);
        Kind kind = section.take("kind")
                .flatMap(value -> checkedKind(value, "resolver.kind"))
                .orElse(otherwise);
        ResolverSettings defaults = settings(kind, objective);
        ResolverSettings settings = new ResolverSettings(
                defaults.kind(),
                objective,
                whole(section, "maxRollOuts", 2, defaults.maxRounds()),
                whole(section, "cacheEntries", 1, defaults.cacheEntries()),
                section.take("cacheLife")
                        .flatMap(value -> values.span(value, "resolver.cacheLife"))
                        .orElse(defaults.cacheLife()),
                script(section, kind));
        section.finish();
        return settings;
    }

    private int whole(Section section, String key, int least, int otherwise) {
        return section.take(key)
                .flatMap(value -> values.wholeNumber(value, section.pathOf(key), least))
                .orElse(otherwise);
    }

    private List<Integer> script(Section section, Kind kind) {
        Optional<Node> given = section.take("script");
        List<Integer> script = new ArrayList<>();
        given.ifPresent(node -> values.list(node, "resolver.script", "a list of indices, such as [0, 1]")
                .forEach(element ->
                        values.wholeNumber(element, "resolver.script", 0).ifPresent(script::add)));
        if (kind == Kind.SCRIPTED && given.isEmpty()) {
            problems.add(section.at(), "FS222", "the resolver 'scripted' needs a script: [0, 1, ...]");
        }
        return script;
    }

    private Optional<Kind> checkedKind(Node node, String what) {
        Optional<String> label = values.text(node, what, "one of " + KINDS);
        Optional<Kind> kind = label.flatMap(ResolverBinder::kind);
        if (label.isPresent() && kind.isEmpty()) {
            problems.add(
                    node,
                    "FS207",
                    what + ": no resolver is named '" + label.get() + "'" + Nearest.hint(label.get(), KINDS));
        }
        return kind;
    }

    private List<Objective.Term> terms(Node list) {
        List<Objective.Term> terms = new ArrayList<>();
        List<Node> elements = values.list(list, "objectives", "a list such as '- minimize: METRIC'");
        for (Node element : elements) {
            if (!(element instanceof MappingNode mapping) || mapping.getValue().size() != 1) {
                values.wrong(element, "objectives", "'minimize: METRIC' or 'maximize: METRIC'");
                continue;
            }
            Section section = new Section(element, "objectives", problems);
            section.take("minimize").ifPresent(node -> term(node, "minimize", 1).ifPresent(terms::add));
            section.take("maximize")
                    .ifPresent(node -> term(node, "maximize", -1).ifPresent(terms::add));
            section.finish();
        }
        if (list instanceof org.snakeyaml.engine.v2.nodes.SequenceNode && elements.isEmpty()) {
            values.wrong(list, "objectives", "at least one objective");
        }
        return terms;
    }

    private Optional<Objective.Term> term(Node node, String direction, int sign) {
        SortedMap<String, Double> weights = new TreeMap<>();
        String what = "objectives." + direction;
        if (node instanceof MappingNode) {
            new Section(node, what, problems).entries().forEach((name, entry) -> {
                checkMetric(entry.key(), name);
                values.number(entry.value(), what + "." + name).ifPresent(weight -> weights.put(name, sign * weight));
            });
        } else {
            values.text(node, what, "the name of a metric").ifPresent(name -> {
                checkMetric(node, name);
                weights.put(name, (double) sign);
            });
        }
        return weights.isEmpty() ? Optional.empty() : Optional.of(new Objective.Term(weights));
    }

    private void checkMetric(Node at, String name) {
        if (machine.isEmpty()) {
            return;
        }
        List<String> names =
                machine.get().metrics().stream().map(MetricDescription::name).toList();
        if (!names.contains(name)) {
            problems.add(
                    at,
                    "FS220",
                    machine.get().protocol() + " has no metric '" + name + "'" + Nearest.hint(name, names));
        }
    }
}
