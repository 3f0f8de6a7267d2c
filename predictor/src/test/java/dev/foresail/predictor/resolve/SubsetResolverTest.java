package dev.foresail.predictor.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.Fallback;
import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.lookahead.LinkDelays;
import dev.foresail.predictor.lookahead.LinkFigure;
import dev.foresail.predictor.lookahead.MeasuredLinkDelays;
import dev.foresail.predictor.subset.SubsetLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What an operator wishes for of choices of several, of what is measured and of what is said of nodes. */
final class SubsetResolverTest {
    private static final NodeId SELF = NodeId.of(1);

    private final List<String> notices = new ArrayList<>();
    private final SortedMap<String, SortedMap<NodeId, Double>> numbers = new TreeMap<>();
    private final MeasuredLinkDelays links = new MeasuredLinkDelays(SELF);

    private SubsetResolver<Object> resolver(String wish, LinkDelays known) {
        List<String> figures = new ArrayList<>(LinkFigure.NAMES);
        figures.addAll(numbers.keySet());
        SortedMap<String, SubsetWish> wishes = new TreeMap<>();
        wishes.put(
                "senders",
                new SubsetWish(SubsetLanguage.parse(wish, figures, List.of()), List.of(), numbers, new TreeMap<>()));
        return new SubsetResolver<>(
                SELF, new PolicyResolver<>(Fallback.FIRST, bound -> 0), wishes, known, notices::add);
    }

    @Test
    void whatWasMeasuredCountsAndWhatWasNotIsTakenForTheMedian() {
        for (int peer = 2; peer <= 4; peer++) {
            for (int sample = 0; sample < 5; sample++) {
                links.roundTrip(NodeId.of(peer), peer * 10_000_000L, 1_000_000_000L + sample);
            }
        }
        assertEquals(40, links.figure(SELF, NodeId.of(4), LinkFigure.RTT).orElseThrow(), 0.1);
        SubsetResolver<Object> nearest = resolver("choose 2: minimize sum(rtt)", links);
        List<NodeId> five = Simulations.ids(5).subList(1, 5);
        assertEquals(List.of(0, 1), nearest.resolveSome("p.senders", five, 2), "20 and 30 ms");
        SubsetResolver<Object> farthest = resolver("choose 2: maximize sum(rtt)", links);
        assertEquals(2, farthest.resolveSome("p.senders", five, 1).get(0), "40 ms");
        assertEquals(List.of(), notices);
    }

    @Test
    void candidatesThatAreNoNodesAreChosenWithoutTheWish() {
        SubsetResolver<Object> resolver = resolver("choose 2: minimize sum(rtt)", links);
        assertEquals(List.of(0, 1), resolver.resolveSome("p.senders", List.of("a", "b", "c"), 2));
        assertTrue(
                notices.get(0).startsWith("[FS381] n1: the candidates of 'senders' are no nodes"), notices::toString);
    }

    @Test
    void whatCannotBeProvenInTheTimeOfAHandlerIsSaidOnceWithItsGap() {
        RandomStream random = RandomStream.of(1, "hard wish");
        List<NodeId> many = Simulations.ids(401).subList(1, 401);
        StringBuilder wish = new StringBuilder("choose 40: maximize sum(worth) subject to sum(a) <= 17");
        SortedMap<NodeId, Double> worth = new TreeMap<>();
        for (String name : List.of("a", "b", "c", "d", "e")) {
            SortedMap<NodeId, Double> column = new TreeMap<>();
            many.forEach(node -> column.put(node, random.nextDouble()));
            // Who is worth more costs more of everything: there are many answers that are nearly as good.
            column.forEach((node, cost) -> worth.merge(node, cost + random.nextDouble() / 100, Double::sum));
            numbers.put(name, column);
            if (!name.equals("a")) {
                wish.append(", sum(").append(name).append(") <= 17");
            }
        }
        numbers.put("worth", worth);
        SubsetResolver<Object> resolver = resolver(wish.toString(), links);
        List<Integer> chosen = resolver.resolveSome("p.senders", many, 40);
        assertEquals(chosen, resolver.resolveSome("p.senders", many, 40));
        assertEquals(40, chosen.size());
        assertEquals(1, notices.size());
        assertTrue(
                notices.get(0).startsWith("[FS383] n1: 'senders', 40 of 400: best found, at most 0."),
                notices::toString);
    }
}
