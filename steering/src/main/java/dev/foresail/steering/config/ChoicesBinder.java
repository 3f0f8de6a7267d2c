package dev.foresail.steering.config;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.lookahead.LinkFigure;
import dev.foresail.predictor.resolve.SubsetWish;
import dev.foresail.predictor.subset.SubsetLanguage;
import dev.foresail.predictor.subset.SubsetSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the wishes for choices of several, and what is said of nodes. */
final class ChoicesBinder {
    private static final String EXAMPLE =
            "a wish such as 'choose 4: maximize sum(bandwidth) subject to sum(cost) <= 10, at most 2 per isp'";

    private final Problems problems;
    private final Values values;
    private final SortedMap<String, SortedMap<NodeId, Double>> numbers = new TreeMap<>();
    private final SortedMap<String, SortedMap<NodeId, String>> words = new TreeMap<>();

    ChoicesBinder(Problems problems, Values values) {
        this.problems = problems;
        this.values = values;
    }

    /** Takes {@code figures} and {@code choices}; the wishes by the choices' names. */
    SortedMap<String, SubsetWish> read(Section root) {
        root.take("figures")
                .ifPresent(node -> new Section(node, "figures", problems)
                        .entries()
                        .forEach((name, entry) ->
                                values.nodeId(entry.key(), "figures").ifPresent(id -> figures(id, entry.value()))));
        SortedMap<String, SubsetWish> wishes = new TreeMap<>();
        root.take("choices")
                .ifPresent(node -> new Section(node, "choices", problems)
                        .entries()
                        .forEach((name, entry) -> wish("choices." + name, entry.value())
                                .ifPresent(wish -> wishes.put(name, new SubsetWish(wish, numbers, words)))));
        return wishes;
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
        numbers.keySet().stream().filter(name -> !figures.contains(name)).forEach(figures::add);
        try {
            return Optional.of(SubsetLanguage.parse(text.get(), figures, List.copyOf(words.keySet())));
        } catch (SubsetSyntaxException mistake) {
            problems.add((ScalarNode) node, mistake.column(), "FS371", path + ": " + mistake.problem());
            return Optional.empty();
        }
    }
}
