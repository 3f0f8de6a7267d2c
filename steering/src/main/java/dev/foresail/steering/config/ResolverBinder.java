package dev.foresail.steering.config;

import dev.foresail.predictor.calibration.PastResiduals;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.resolve.ResolverSettings.Kind;
import dev.foresail.predictor.resolve.ValueTable;
import dev.foresail.predictor.text.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads objectives and the resolver. */
final class ResolverBinder {
    private static final List<String> KINDS =
            Arrays.stream(Kind.values()).map(Kind::label).toList();

    private final ObjectivesBinder objectives;
    private final TableBinder tables;
    private final ExperienceBinder experiences;
    private final Problems problems;
    private final Values values;

    ResolverBinder(
            ObjectivesBinder objectives,
            TableBinder tables,
            ExperienceBinder experiences,
            Problems problems,
            Values values) {
        this.objectives = objectives;
        this.tables = tables;
        this.experiences = experiences;
        this.problems = problems;
        this.values = values;
    }

    /**
     * Takes {@code objectives}, {@code horizon} and {@code resolver}.
     *
     * @param choices what is said of certain choices
     */
    ResolverSettings read(Section root, ChoicesBinder.Choices choices) {
        boolean isGiven = root.has("objectives") || choices.nameObjectives();
        Optional<Objective> objective = objectives.read(root);
        Kind otherwise = isGiven ? Kind.PREDICTED : Kind.RANDOM;
        Optional<Node> resolver = root.take("resolver");
        ResolverSettings common = ResolverSettings.policy(Kind.RANDOM)
                .with(objective, choices.objectives())
                .withWishes(choices.wishes());
        ResolverSettings settings =
                resolver.map(node -> resolver(node, otherwise, common)).orElseGet(() -> settings(otherwise, common));
        if (resolver.isPresent() && !isGiven) {
            kindOf(resolver.get())
                    .filter(kind -> kind == Kind.PREDICTED)
                    .ifPresent(kind -> problems.add(
                            resolver.get(),
                            "FS222",
                            "the resolver 'predicted' needs objectives; add 'objectives: [{minimize: METRIC}]'"));
        }
        return settings;
    }

    private static ResolverSettings settings(Kind kind, ResolverSettings common) {
        boolean isPossible = kind != Kind.PREDICTED
                || common.objective().isPresent()
                || !common.objectives().isEmpty();
        return common.with(isPossible ? kind : Kind.RANDOM);
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

    private ResolverSettings resolver(Node node, Kind otherwise, ResolverSettings common) {
        if (!(node instanceof MappingNode)) {
            Kind kind = checkedKind(node, "resolver").orElse(otherwise);
            if (kind == Kind.SCRIPTED) {
                problems.add(node, "FS222", "the resolver 'scripted' needs a script: {kind: scripted, script: [0, 1]}");
            }
            return settings(kind, common);
        }
        Section section = new Section(node, "resolver", problems);
        Kind kind = section.take("kind")
                .flatMap(value -> checkedKind(value, "resolver.kind"))
                .orElse(otherwise);
        ResolverSettings defaults = settings(kind, common);
        ResolverSettings settings = new ResolverSettings(
                defaults.kind(),
                defaults.objective(),
                whole(section, "maxRollOuts", 2, defaults.maxRounds()),
                whole(section, "cacheEntries", 1, defaults.cacheEntries()),
                section.take("cacheLife")
                        .flatMap(value -> values.span(value, "resolver.cacheLife"))
                        .orElse(defaults.cacheLife()),
                script(section, kind),
                defaults.wishes(),
                defaults.objectives(),
                Optional.empty(),
                explore(section, kind).orElse(defaults.explore()),
                PastResiduals.NONE);
        Optional<ValueTable> table = section.take("table").flatMap(value -> tables.read(value, settings));
        Optional<PastResiduals> experience = experience(section, settings);
        section.finish();
        ResolverSettings withTable = table.map(settings::with).orElse(settings);
        return experience.map(withTable::with).orElse(withTable);
    }

    private Optional<PastResiduals> experience(Section section, ResolverSettings settings) {
        Optional<Node> given = section.take("experience");
        return given.filter(node -> isOfUse(node, "resolver.experience", settings.kind()))
                .flatMap(node -> experiences.read(node, settings));
    }

    private Optional<Double> explore(Section section, Kind kind) {
        Optional<Node> given = section.take("explore");
        return given.flatMap(value -> values.share(value, "resolver.explore"))
                .filter(share -> isOfUse(given.orElseThrow(), "resolver.explore", kind));
    }

    /** Whether there are predictions, of which the key says how they are used; refused where there are none. */
    private boolean isOfUse(Node node, String key, Kind kind) {
        if (kind != Kind.PREDICTED) {
            problems.add(
                    node,
                    "FS222",
                    "'" + key + "' is for predictions, and the resolver is '" + kind.label()
                            + "'; add 'kind: predicted' and 'objectives: [{minimize: METRIC}]'");
        }
        return kind == Kind.PREDICTED;
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
}
