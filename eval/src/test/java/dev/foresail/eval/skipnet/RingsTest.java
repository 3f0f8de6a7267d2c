package dev.foresail.eval.skipnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.pastry.LeafSet;
import dev.foresail.eval.pastry.Peer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Of node 0: numeric ids are names with their bits in reverse order, so even numbers share one bit with it, multiples of 4 two, and so on. */
final class RingsTest {
    private static final NodeId ZERO = NodeId.of(0);

    private static NodeId id(long name) {
        return NodeId.of(name);
    }

    private static List<NodeId> ids(long... names) {
        return LongStream.of(names).mapToObj(NodeId::of).toList();
    }

    private static Rings rings(int mostPerSide, List<NodeId> nodes) {
        Rings rings = Rings.of(ZERO, false, mostPerSide);
        for (NodeId node : nodes) {
            rings = rings.with(node);
        }
        return rings;
    }

    private static Rings ofEight() {
        return rings(1, ids(1, 2, 3, 4, 5, 6, 7));
    }

    @Test
    void eachRingHoldsHalfOfTheOneBelowAndTheNearestOfItAreKnown() {
        assertEquals(ids(1, 7), ofEight().around(0));
        assertEquals(ids(2, 6), ofEight().around(1));
        assertEquals(ids(4), ofEight().around(2));
        assertEquals(3, ofEight().levels().size());
        assertTrue(ofEight().isWholeAt(2) && ofEight().isWholeAt(3));
        assertFalse(ofEight().isWholeAt(1));
        assertEquals(ids(1), ofEight().clockwise(0));
        assertEquals(ids(1, 2, 4, 6, 7), List.copyOf(ofEight().members()));
    }

    @Test
    void itDoesNotMatterInWhichOrderNodesAreMet() {
        List<NodeId> nodes = new ArrayList<>(ids(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
        Rings expected = rings(2, nodes);
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(nodes, new Random(seed));
            assertEquals(expected, rings(2, nodes));
            assertTrue(expected.areOf(nodes));
        }
        assertFalse(expected.areOf(nodes.subList(1, nodes.size())), "each of them comes next in some ring");
    }

    @Test
    void thePlaceOfANodeThatIsLostGoesToThoseThatAreKnownInOtherRings() {
        Rings rest = ofEight().without(id(1));
        assertEquals(ids(2, 7), rest.around(0));
        assertTrue(rest.areOf(ids(0, 2, 3, 4, 5, 6, 7)));
        assertEquals(2, ofEight().without(id(4)).levels().size());
        assertFalse(ofEight().takes(ZERO));
        assertFalse(ofEight().takes(id(1)), "known");
        assertFalse(ofEight().takes(id(5)), "farther than others");
    }

    @Test
    void aGapAndANodeInAWrongRingAreSeen() {
        LeafSet alone = new LeafSet(Peer.of(ZERO, false), 1, List.of());
        LeafSet seven = alone.with(Peer.of(id(7), false));
        LeafSet two = alone.with(Peer.of(id(2), false));
        List<NodeId> both = ids(0, 2, 7);
        assertTrue(new Rings(ZERO, false, 1, List.of(seven.with(Peer.of(id(2), false)), two)).areOf(both));
        assertFalse(new Rings(ZERO, false, 1, List.of(seven, two)).areOf(both), "2 comes next on level 0, too");
        assertFalse(new Rings(ZERO, false, 1, List.of(seven, seven)).areOf(ids(0, 7)), "7 begins otherwise");
        assertFalse(new Rings(ZERO, false, 1, List.of(two, two, two)).areOf(ids(0, 2)), "2 begins otherwise then");
        assertFalse(new Rings(ZERO, false, 1, List.of(two)).areOf(ids(0, 2)), "2 begins as 0 does");
    }

    @Test
    void theWayAroundLeadsPastTheGreatestName() {
        Rings rings = Rings.of(id(6), false, 1);
        assertTrue(rings.isUpTo(id(7), id(1)));
        assertTrue(rings.isUpTo(id(1), id(1)));
        assertFalse(rings.isUpTo(id(2), id(1)));
        assertFalse(rings.isUpTo(id(6), id(1)), "the node itself is the last one on its way");
    }

    @Test
    void whoSharesMoreBitsWithAKeyIsCloser() {
        Rings rings = ofEight();
        long key = rings.numericId(id(4));
        assertEquals(64, rings.sharedBits(id(4), key));
        assertEquals(2, rings.sharedBits(ZERO, key));
        assertEquals(1, rings.sharedBits(id(6), key));
        assertEquals(
                ids(4, 0, 6, 2, 5),
                ids(0, 2, 4, 5, 6).stream().sorted(rings.byCloseness(key)).toList());
        assertEquals(id(4), Collections.min(ids(0, 1, 2, 3, 4), rings.byCloseness(key + 1)));
        assertEquals(
                64,
                Rings.of(ZERO, true, 1)
                        .sharedBits(id(9), Rings.of(id(3), true, 1).numericId(id(9))));
    }
}
