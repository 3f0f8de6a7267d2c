package dev.foresail.eval.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.membership.Members.Share;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class MembersTest {
    private static NodeId id(long name) {
        return NodeId.of(name);
    }

    private static List<NodeId> ids(long... names) {
        return LongStream.of(names).mapToObj(NodeId::of).toList();
    }

    private static List<NodeId> between(NodeId start, NodeId end, List<NodeId> nodes) {
        return Members.between(start, end, new TreeSet<>(nodes), node -> true);
    }

    private static SortedSet<NodeId> nearest(NodeId node, int perSide, List<NodeId> nodes) {
        return Members.nearest(node, perSide, new TreeSet<>(nodes), other -> true);
    }

    @Test
    void betweenTwoNodesIsClockwise() {
        List<NodeId> five = ids(1, 2, 3, 4, 5);
        assertEquals(ids(4), between(id(3), id(5), five));
        assertEquals(ids(5, 1, 2), between(id(4), id(3), five));
        assertEquals(ids(4, 5, 1, 2), between(id(3), id(3), five), "once around");
        assertEquals(ids(), between(id(3), id(4), five));
        assertEquals(ids(4, 5, 1), between(id(3), id(2), five));
    }

    /** Who handed on what should end at a node that it did not take for a member told everybody, who told everybody. */
    @Test
    void theEndsNeedNotBeMembers() {
        assertEquals(ids(4), between(id(3), id(5), ids(1, 2, 4, 6)));
        assertEquals(ids(6, 1), between(id(5), id(2), ids(1, 3, 6)));
    }

    @Test
    void theNearestAreOnBothSidesAndOverTheGreatestName() {
        List<NodeId> six = ids(1, 2, 3, 4, 5, 6);
        assertEquals(new TreeSet<>(ids(2, 3, 5, 6)), nearest(id(1), 2, ids(1, 2, 3, 5, 6)));
        assertEquals(new TreeSet<>(ids(3, 5)), nearest(id(4), 1, six));
        assertEquals(new TreeSet<>(ids(3, 5)), nearest(id(4), 1, ids(1, 3, 5)), "of who is no member");
        assertEquals(new TreeSet<>(ids(1, 2)), nearest(id(3), 4, ids(1, 2, 3)));
        assertEquals(
                new TreeSet<>(ids(2, 6)),
                Members.nearest(id(4), 1, new TreeSet<>(six), node -> node.value() % 2 == 0),
                "only some count");
    }

    @Test
    void ofTwoGroupsThatHaveNobodyInCommonOneAtMostIsMost() {
        SortedSet<NodeId> four = new TreeSet<>(ids(1, 2, 3, 4));
        assertTrue(Members.areMost(new TreeSet<>(ids(2, 3, 4)), four));
        assertTrue(Members.areMost(new TreeSet<>(ids(1, 4)), four), "half with the first");
        assertFalse(Members.areMost(new TreeSet<>(ids(2, 3)), four));
        assertFalse(Members.areMost(new TreeSet<>(ids(2, 3, 5, 6)), four), "5 and 6 do not count");
        for (int members = 0; members < 32; members++) {
            int each = members;
            SortedSet<NodeId> all = new TreeSet<>(ids(1, 2, 3, 4, 5));
            SortedSet<NodeId> group = new TreeSet<>(all);
            group.removeIf(node -> (each >> (node.value() - 1) & 1) == 0);
            SortedSet<NodeId> rest = new TreeSet<>(all);
            rest.removeAll(group);
            assertTrue(Members.areMost(group, all) != Members.areMost(rest, all), group::toString);
        }
    }

    @Test
    void aRunIsAsLongAsOnTheSideOnWhichItIsLonger() {
        TreeSet<NodeId> six = new TreeSet<>(ids(1, 2, 3, 4, 5, 6));
        assertEquals(0, Members.longestRun(id(3), six, node -> true));
        assertEquals(2, Members.longestRun(id(6), six, node -> node.value() > 2), "over the greatest name");
        assertEquals(3, Members.longestRun(id(4), six, node -> node.value() == 6));
    }

    /** Everybody but the first hears it once, after as many hops as binary digits at most. */
    private static int hops(NodeId from, NodeId end, List<NodeId> all, SortedMap<NodeId, Integer> heard, int hops) {
        int most = hops;
        for (Share share : Members.shares(between(from, end, all), end)) {
            assertEquals(null, heard.put(share.to(), hops + 1), "told twice");
            most = StrictMath.max(most, hops(share.to(), share.end(), all, heard, hops + 1));
        }
        return most;
    }

    @Test
    void allAreToldOnceInALogarithmOfHops() {
        for (int size : new int[] {1, 2, 3, 4, 7, 8, 31, 100, 1000, 1024}) {
            List<NodeId> all = LongStream.range(0, size).mapToObj(NodeId::of).toList();
            NodeId first = id(size / 3);
            SortedMap<NodeId, Integer> heard = new TreeMap<>();
            int hops = hops(first, first, all, heard, 0);
            assertEquals(size - 1, heard.size());
            assertTrue(hops <= Integer.SIZE - Integer.numberOfLeadingZeros(size), size + ": " + hops);
            assertTrue(!heard.containsKey(first));
        }
    }
}
