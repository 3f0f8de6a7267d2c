package dev.foresail.predictor.resolve;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.lookahead.LinkDelays;
import dev.foresail.predictor.lookahead.LinkFigure;
import dev.foresail.predictor.subset.SubsetLanguage;
import dev.foresail.predictor.subset.SubsetProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an operator wishes for of a choice of several nodes. Immutable.
 *
 * @param wish names figures of links ({@link LinkFigure}, and those of providers) and what is said of nodes
 * @param provided figures that {@linkplain dev.foresail.network.provider.LinkProvider providers} tell
 * @param numbers what is said of nodes as numbers, by name; stands before a figure of a link of that name
 * @param words what is said of nodes as words, by name
 */
public record SubsetWish(
        SubsetLanguage wish,
        List<String> provided,
        SortedMap<String, SortedMap<NodeId, Double>> numbers,
        SortedMap<String, SortedMap<NodeId, String>> words) {
    public SubsetWish {
        provided = List.copyOf(provided);
        numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        words = Collections.unmodifiableSortedMap(new TreeMap<>(words));
    }

    /**
     * The wish for certain candidates. A number that is not known of one counts as the median of the others', as 0 where it is known of none; of whom
     * no word is said shares it with nobody.
     *
     * @param count how many are to be chosen
     * @param self who chooses
     * @param links what is known of the links to the candidates
     */
    SubsetProblem problem(List<NodeId> candidates, int count, NodeId self, LinkDelays links) {
        Map<String, List<Double>> figures = new TreeMap<>();
        for (LinkFigure figure : LinkFigure.values()) {
            figures.put(
                    figure.label(),
                    filled(candidates.stream()
                            .map(node -> links.figure(self, node, figure))
                            .toList()));
        }
        for (String figure : provided) {
            figures.put(
                    figure,
                    filled(candidates.stream()
                            .map(node -> links.provided(self, node, figure))
                            .toList()));
        }
        numbers.forEach((name, column) -> figures.put(
                name,
                filled(candidates.stream()
                        .map(node ->
                                column.containsKey(node) ? OptionalDouble.of(column.get(node)) : OptionalDouble.empty())
                        .toList())));
        Map<String, List<String>> traits = new TreeMap<>();
        words.forEach((name, column) -> traits.put(
                name,
                candidates.stream()
                        .map(node -> column.containsKey(node) ? "said " + column.get(node) : "of its own " + node)
                        .toList()));
        return wish.of(count, candidates.size(), figures, traits);
    }

    private static List<Double> filled(List<OptionalDouble> column) {
        List<Double> known = new ArrayList<>();
        column.forEach(value -> value.ifPresent(known::add));
        Collections.sort(known);
        double otherwise = known.isEmpty() ? 0 : known.get(known.size() / 2);
        return column.stream().map(value -> value.orElse(otherwise)).toList();
    }
}
