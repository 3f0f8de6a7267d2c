package dev.foresail.steering.config;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.lookahead.LinkFigure;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ChoiceNames;
import dev.foresail.predictor.resolve.SubsetWish;
import dev.foresail.predictor.subset.SubsetLanguage;
import dev.foresail.predictor.subset.SubsetSyntaxException;
import dev.foresail.predictor.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads what is said of certain choices: wishes for choices of several, and objectives; and what is said of nodes. */
final class ChoicesBinder {
    private static final String EXAMPLE =
            "a wish such as 'choose 4: maximize sum(bandwidth) subject to sum(cost) <= 10, at most 2 per isp'";

    private final Optional<Machine<?>> machine;
    private final List<String> provided;
    private final ObjectivesBinder objectives;
    private final Problems problems;
    private final Values values;
    private final SortedMap<String, Objective> named = new TreeMap<>();
    private boolean nameObjectives;
    private final SortedMap<String, SortedMap<NodeId, Double>> numbers = new TreeMap<>();
    private final SortedMap<String, SortedMap<NodeId, String>> words = new TreeMap<>();

    /**
     * @param machine empty when the protocol is not known, so that names cannot be checked
     * @param provided figures of links that providers tell
     */
    ChoicesBinder(
            Optional<Machine<?>> machine,
            List<String> provided,
            ObjectivesBinder objectives,
            Problems problems,
            Values values) {
        this.machine = machine;
        this.provided = List.copyOf(provided);
        this.objectives = objectives;
        this.problems = problems;
        this.values = values;
    }

    /**
     * What is said of certain choices, by their names.
     *
     * @param nameObjectives whether objectives are given for any, be they right or wrong
     */
    record Choices(
            SortedMap<String, SubsetWish> wishes, SortedMap<String, Objective> objectives, boolean nameObjectives) {}

    /** Takes {@code figures} and {@code choices}. */
    Choices read(Section root) {
        root.take("figures")
                .ifPresent(node -> new Section(node, "figures", problems)
                        .entries()
                        .forEach((name, entry) ->
                                values.nodeId(entry.key(), "figures").ifPresent(id -> figures(id, entry.value()))));
        SortedMap<String, SubsetWish> wishes = new TreeMap<>();
        root.take("choices")
                .ifPresent(node -> new Section(node, "choices", problems)
                        .entries()
                        .forEach((name, entry) -> choice(name, entry)
                                .ifPresent(wish -> wishes.put(name, new SubsetWish(wish, provided, numbers, words)))));
        return new Choices(wishes, named, nameObjectives);
    }

    /** A wish, or a map with objectives, a horizon, what futures play, and a wish. */
    private Optional<SubsetLanguage> choice(String name, Section.Entry entry) {
        String path = "choices." + name;
        if (!(entry.value() instanceof MappingNode)) {
            return wish(path, entry.value());
        }
        Section section = new Section(entry.value(), path, problems);
        if (section.has("objectives") || section.has("horizon") || section.has("futures")) {
            nameObjectives |= section.has("objectives");
            section.need("objectives", "what the choice is to make best");
            checkName(entry.key(), name);
        }
        objectives.read(section).ifPresent(objective -> named.put(name, objective));
        Optional<SubsetLanguage> wish = section.take("wish").flatMap(node -> wish(path + ".wish", node));
        section.finish();
        return wish;
    }

    private void checkName(Node at, String name) {
        machine.filter(known -> !ChoiceNames.isKnown(known, name))
                .ifPresent(known -> problems.add(
                        at,
                        "FS459",
                        known.protocol() + " has no choice '" + name + "'"
                                + Nearest.hint(name, ChoiceNames.known(known))));
    }

    private void figures(NodeId id, Node node) {
        String path = "figures." + id.value();
        new Section(node, path, problems).entries().forEach((name, entry) -> figure(id, name, path, entry.value()));
    }

    /** A name means numbers, or words, of all nodes: as it does where it stands first. */
    private void figure(NodeId id, String name, String path, Node value) {
        Optional<Double> number = isNumber(value) ? values.number(value, path + "." + name) : Optional.empty();
        if (words.containsKey(name) ? number.isPresent() : number.isEmpty() && numbers.containsKey(name)) {
            values.wrong(value, path + "." + name, words.containsKey(name) ? "a word, as above" : "a number, as above");
        } else if (number.isPresent()) {
            numbers.computeIfAbsent(name, absent -> new TreeMap<>()).put(id, number.get());
        } else {
            values.text(value, path + "." + name, "a number or a word")
                    .ifPresent(word -> words.computeIfAbsent(name, absent -> new TreeMap<>())
                            .put(id, word));
        }
    }

    private static boolean isNumber(Node value) {
        return value instanceof ScalarNode scalar
                && scalar.isPlain()
                && scalar.getValue().matches("[-+]?[0-9][-+.0-9eE]*");
    }

    private Optional<SubsetLanguage> wish(String path, Node node) {
        Optional<String> text = values.text(node, path, EXAMPLE);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<String> figures = new ArrayList<>(LinkFigure.NAMES);
        figures.addAll(provided);
        numbers.keySet().stream().filter(name -> !figures.contains(name)).forEach(figures::add);
        try {
            return Optional.of(SubsetLanguage.parse(text.get(), figures, List.copyOf(words.keySet())));
        } catch (SubsetSyntaxException mistake) {
            problems.add((ScalarNode) node, mistake.column(), "FS371", path + ": " + mistake.problem());
            return Optional.empty();
        }
    }
}
