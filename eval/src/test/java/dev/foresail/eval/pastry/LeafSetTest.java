package dev.foresail.eval.pastry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class LeafSetTest {
    private static Peer peer(long id) {
        return Peer.of(NodeId.of(id), false);
    }

    /** A node whose nodeId is before those of all others, so that the circle closes between it and them. */
    private static Peer wrapped(long beforeZero) {
        return new Peer(-beforeZero, NodeId.of(1000 + beforeZero));
    }

    private static List<Peer> peers(long... ids) {
        return LongStream.of(ids).mapToObj(LeafSetTest::peer).toList();
    }

    private static LeafSet of(Peer owner, List<Peer> peers) {
        LeafSet leaves = new LeafSet(owner, 2, List.of());
        for (Peer peer : peers) {
            leaves = leaves.with(peer);
        }
        return leaves;
    }

    @Test
    void theNearestOnEachSideAreKept() {
        LeafSet leaves = of(peer(50), peers(10, 90, 40, 60, 50, 45, 55, 60));
        assertEquals(peers(55, 60, 40, 45), leaves.members());
        assertTrue(leaves.isInOrder());
        assertFalse(leaves.takes(peer(10)));
        assertFalse(leaves.takes(peer(55)), "it is a leaf already");
        assertTrue(leaves.takes(peer(41)));
        assertEquals(peers(55, 60, 41, 45), leaves.with(peer(41)).members());
    }

    @Test
    void theCircleClosesAtZero() {
        Peer far = wrapped(3);
        LeafSet leaves = of(
                peer(1),
                Stream.concat(peers(5, 9, 70).stream(), Stream.of(far, wrapped(9)))
                        .toList());
        assertEquals(
                Stream.concat(peers(5, 9).stream(), Stream.of(wrapped(9), far)).toList(), leaves.members());
        assertEquals(far, leaves.closest(-2));
        assertEquals(peer(1), leaves.closest(0));
        assertTrue(leaves.covers(-9) && leaves.covers(9) && leaves.covers(0));
        assertFalse(leaves.covers(-10) || leaves.covers(10));
    }

    @Test
    void aNodeWithRoomForMoreKnowsAll() {
        LeafSet leaves = of(peer(50), peers(10, 60, 90));
        assertTrue(leaves.covers(75));
        assertEquals(peer(90), leaves.closest(Long.MAX_VALUE / 2));
        assertEquals(peer(10), leaves.closest(-1), "it is nearer the other way round");
        assertEquals(peers(60, 90), leaves.without(peer(10)).members());
    }

    /** When a clockwise leaf had failed, both that were asked were on the other side. */
    @Test
    void theOutermostOfEachSideAreAskedWhicheverLeafHasFailed() {
        LeafSet leaves = of(peer(50), peers(55, 60, 40, 45));
        assertEquals(peers(60, 40), leaves.outermostBut(peer(55)));
        assertEquals(peers(55, 40), leaves.outermostBut(peer(60)));
        assertEquals(peers(60, 45), leaves.outermostBut(peer(40)));
        assertEquals(peers(60, 40), leaves.outermostBut(peer(45)));
    }

    @Test
    void whereLeavesAreMissingTheSidesAreHalvesOfTheCircle() {
        LeafSet leaves = of(peer(50), peers(60, 40, 45));
        assertEquals(peers(40), leaves.outermostBut(peer(60)));
        assertEquals(peers(60, 45), leaves.outermostBut(peer(40)));
        assertEquals(List.of(), of(peer(50), List.of()).outermostBut(peer(10)));
    }

    @Test
    void ofTwoThatAreAsCloseAllNodesTakeTheSame() {
        assertEquals(peer(40), of(peer(50), peers(40)).closest(45));
        assertEquals(peer(40), of(peer(40), peers(50)).closest(45));
    }
}
