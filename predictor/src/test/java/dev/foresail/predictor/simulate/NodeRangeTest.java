package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NodeRangeTest {
    private static NodeId id(long value) {
        return NodeId.of(value);
    }

    @Test
    void aRangeIsTheListOfItsIds() {
        assertEquals(List.of(id(3), id(4), id(5)), NodeRange.of(3, 3));
        assertEquals(List.of(), NodeRange.of(0, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> NodeRange.of(3, 3).get(3));
        assertThrows(IllegalArgumentException.class, () -> NodeRange.of(-1, 3));
    }

    @Test
    void asASetItIsLikeATreeOfItsIds() {
        SortedSet<NodeId> range = NodeRange.asSet(3, 4);
        SortedSet<NodeId> tree = new TreeSet<>(NodeRange.of(3, 4));
        assertEquals(tree, range);
        assertEquals(List.copyOf(tree), List.copyOf(range));
        assertEquals(tree.first(), range.first());
        assertEquals(tree.last(), range.last());
        for (long from = 1; from < 9; from++) {
            assertEquals(tree.contains(id(from)), range.contains(id(from)));
            assertEquals(tree.headSet(id(from)), range.headSet(id(from)));
            assertEquals(tree.tailSet(id(from)), range.tailSet(id(from)));
            for (long to = from; to < 9; to++) {
                assertEquals(tree.subSet(id(from), id(to)), range.subSet(id(from), id(to)));
            }
        }
        assertTrue(range.headSet(id(3)).isEmpty());
        assertThrows(NoSuchElementException.class, () -> range.headSet(id(3)).first());
    }
}
