package dev.foresail.predictor.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.Histogram;
import dev.foresail.choice.Known;
import dev.foresail.choice.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PopulationTest {
    /** Node n1 has said the first value, n2 the second, and one more node has said nothing. */
    private static Known<Object> known(List<Object> values) {
        return new Known<>() {
            @Override
            public SortedSet<NodeId> nodes() {
                SortedSet<NodeId> nodes = new TreeSet<>();
                for (int node = 1; node <= values.size() + 1; node++) {
                    nodes.add(NodeId.of(node));
                }
                return nodes;
            }

            @Override
            public Optional<Object> at(NodeId node) {
                return node.value() > values.size()
                        ? Optional.empty()
                        : Optional.of(values.get((int) node.value() - 1));
            }

            @Override
            public long ageNanos(NodeId node) {
                return 0;
            }

            @Override
            public Object atOr(NodeId node, Object otherwise) {
                return at(node).orElse(otherwise);
            }
        };
    }

    @Test
    void numbersOfNodesAreAPopulation() {
        Population population = Population.of(known(List.of(7, 1.5, 3L, 2)));
        assertEquals(1.5, population.min());
        assertEquals(7, population.max());
        assertEquals(3.375, population.mean());
        assertEquals(2, population.percentile(50));
        assertEquals(7, population.percentile(99));
        assertEquals(1.5, population.percentile(1));
    }

    @Test
    void histogramsAreCountedLevelByLevel() {
        Population population =
                Population.of(known(List.of(new Histogram(List.of(1, 0, 6)), new Histogram(List.of(2, 1)))));
        assertEquals(2.3, population.mean(), 1e-12);
        assertEquals(1, population.percentile(30));
        assertEquals(2, population.percentile(40));
        assertEquals(3, population.percentile(50));
    }

    @Test
    void durationsCountInSecondsAndNothingIsUnknown() {
        assertEquals(0.25, Population.of(known(List.of(Duration.ofMillis(250)))).max(), 1e-12);
        Population nothing = Population.of(known(List.of()));
        assertTrue(Double.isNaN(nothing.mean()) && Double.isNaN(nothing.max()) && Double.isNaN(nothing.percentile(50)));
        assertThrows(IllegalArgumentException.class, () -> Population.of(known(List.of("much"))));
    }

    @Test
    void manyNodesFindRoom() {
        List<Object> values = new java.util.ArrayList<>();
        for (int value = 100; value > 0; value--) {
            values.add(value);
        }
        assertEquals(95, Population.of(known(values)).percentile(95));
    }
}
