package dev.foresail.eval.splitstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.Above;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.stack.Stack;
import dev.foresail.eval.scribe.GroupMulticast;
import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SplitStreamTest {
    private static final NodeId SELF = NodeId.of(1);
    private static final long STREAM = 500_000_000_000_000_000L;
    private static final long OWN = Stripes.keys(STREAM).get(1);
    private static final long FOREIGN = Stripes.keys(STREAM).get(2);

    /** Groups of one node: what it sends comes back at once where it has subscribed. */
    @Protocol(value = "lonely-groups", provides = GroupMulticast.class)
    static final class LonelyGroups {
        @Above
        GroupMulticast.Upcalls above;

        final SortedSet<Long> subscribed = new TreeSet<>();
        final List<Long> used = new ArrayList<>();
        final SortedMap<Long, List<NodeId>> children = new TreeMap<>();
        final List<NodeId> sought = new ArrayList<>();
        long root;
        boolean found;

        @OnCall
        void forget() {
            subscribed.clear();
        }

        @OnDowncall
        void create(long group) {}

        @OnDowncall
        void subscribe(long group) {
            subscribed.add(group);
        }

        @OnDowncall
        void leave(long group) {
            subscribed.remove(group);
        }

        @OnDowncall
        void anycast(long group, Record content) {
            used.add(group);
        }

        @OnDowncall
        boolean isRoot(long group) {
            return group == root;
        }

        /** A node's place is its first digit. */
        @OnDowncall
        int sharedBits(long group, NodeId node) {
            return Long.numberOfLeadingZeros(group ^ node.value() << 60);
        }

        @OnDowncall
        SortedSet<NodeId> children(long group) {
            return new TreeSet<>(children.getOrDefault(group, List.of()));
        }

        @OnDowncall
        void reject(long group, NodeId child) {
            children.get(group).remove(child);
        }

        @OnDowncall
        void seek(long group, NodeId parent) {
            sought.add(parent);
        }

        @OnDowncall
        boolean adopt(long group, NodeId child) {
            come(group, child);
            return true;
        }

        @OnCall
        void come(long group, NodeId child) {
            children.computeIfAbsent(group, key -> new ArrayList<>()).add(child);
            above.adopted(group, child);
        }

        @OnCall
        void turnAway(long group, List<NodeId> siblings) {
            above.rejected(group, new TreeSet<>(siblings));
        }

        @OnCall
        void find(long stripe, NodeId child) {
            found = above.taken(0, new SplitStream.Orphan(stripe, child));
        }

        @OnDowncall
        void multicast(long group, Record content) {
            used.add(group);
            if (subscribed.contains(group)) {
                above.received(group, content);
            }
        }
    }

    private static EmbeddedNode<Stack> node() {
        return EmbeddedNode.ofLayers(SELF, SplitStream.class, LonelyGroups.class);
    }

    @Test
    void stripesDifferInTheirFirstDigitAlone() {
        List<Long> keys = Stripes.keys(0xA000_0000_0000_0007L);
        assertEquals(
                LongStream.range(0, 16).boxed().toList(),
                keys.stream().map(key -> key >>> 60).toList());
        assertEquals(
                List.of(7L), keys.stream().map(key -> key << 4 >>> 4).distinct().toList());
    }

    @Test
    void blocksTakeTheStripesInTurn() {
        EmbeddedNode<Stack> node = node().call("watch").call("send", 18L).advance(Duration.ofSeconds(5));
        List<Long> keys = Stripes.keys(STREAM);
        List<Long> used = new ArrayList<>(keys);
        used.addAll(keys.subList(0, 2));
        assertEquals(used, node.state().layer(LonelyGroups.class).used);
        SplitStream splitStream = node.state().layer(SplitStream.class);
        assertEquals(18, splitStream.received);
        assertTrue(SplitStream.blocksComeInTheirStripes(splitStream));
        splitStream.latest.put(keys.get(3), 4L);
        assertFalse(SplitStream.blocksComeInTheirStripes(splitStream));
    }

    @Test
    void aBlockThatComesAgainCountsOnceAndWhoHasStoppedGetsNone() {
        EmbeddedNode<Stack> node = node().call("watch").call("send", 1L).advance(Duration.ofSeconds(1));
        node.with(stack -> stack.layer(SplitStream.class).sent = 0);
        node.call("send", 1L).advance(Duration.ofSeconds(1));
        assertEquals(1, node.state().layer(SplitStream.class).received);
        node.call("stop").call("send", 5L).advance(Duration.ofSeconds(1));
        assertEquals(1, node.state().layer(SplitStream.class).received);
        node.call("watch").call("send", 5L).advance(Duration.ofSeconds(1));
        node.call("forget").call("send", 5L).advance(Duration.ofSeconds(1));
        assertEquals(6, node.state().layer(SplitStream.class).received);
    }

    private static LonelyGroups groups(EmbeddedNode<Stack> node) {
        return node.state().layer(LonelyGroups.class);
    }

    /** With 19 children in its own tree, whose first digit is that of the tree, and one in another. */
    private static EmbeddedNode<Stack> full() {
        EmbeddedNode<Stack> node = node().call("watch").call("come", FOREIGN, NodeId.of(2));
        for (int number = 1; number < 20; number++) {
            node.call("come", OWN, NodeId.of(16 * number + 1));
        }
        return node;
    }

    @Test
    void whoHasNoRoomSendsAwayAChildOfAnotherTreeAndThenTheOneFarthestFromItsOwn() {
        EmbeddedNode<Stack> node = full();
        assertEquals(List.of(NodeId.of(2)), groups(node).children.get(FOREIGN));
        node.call("come", OWN, NodeId.of(5));
        assertEquals(List.of(), groups(node).children.get(FOREIGN));
        assertEquals(20, groups(node).children.get(OWN).size());
        node.call("come", OWN, NodeId.of(1601));
        assertFalse(groups(node).children.get(OWN).contains(NodeId.of(5)));
        node.call("come", FOREIGN, NodeId.of(18));
        assertEquals(List.of(), groups(node).children.get(FOREIGN), "it does not stay itself");
        SplitStream splitStream = node.state().layer(SplitStream.class);
        assertTrue(SplitStream.hasNoMoreChildrenThanItCanBear(splitStream));
        node.with(stack -> stack.layer(LonelyGroups.class).children.get(FOREIGN).add(NodeId.of(18)));
        assertFalse(SplitStream.hasNoMoreChildrenThanItCanBear(node.state().layer(SplitStream.class)));
    }

    /** Otherwise a stripe whose root has another digit would go nowhere. */
    @Test
    void theRootOfAStripeKeepsItsChildrenAsThoseOfItsOwnTree() {
        EmbeddedNode<Stack> node = full();
        node.with(stack -> stack.layer(LonelyGroups.class).root = FOREIGN).call("come", OWN, NodeId.of(1601));
        assertEquals(List.of(NodeId.of(2)), groups(node).children.get(FOREIGN));
        assertEquals(19, groups(node).children.get(OWN).size());
    }

    @Test
    void whoIsSentAwayGoesToASiblingThatIsInsideThatTreeAndElseToAnybodyWithRoom() {
        EmbeddedNode<Stack> node = node().call("turnAway", FOREIGN, List.of(NodeId.of(3), NodeId.of(18)));
        assertEquals(List.of(NodeId.of(18)), groups(node).sought);
        node.call("turnAway", FOREIGN, List.of(NodeId.of(3)));
        assertEquals(List.of(NodeId.of(18)), groups(node).sought);
        assertEquals(List.of(Stripes.spareKey(STREAM)), groups(node).used);
    }

    @Test
    void whoHasRoomSaysSoAndTakesOrphansUntilItIsFull() {
        long spare = Stripes.spareKey(STREAM);
        EmbeddedNode<Stack> node = node().call("watch");
        assertTrue(groups(node).subscribed.contains(spare));
        node.call("find", FOREIGN, NodeId.of(7));
        assertTrue(groups(node).found);
        assertEquals(List.of(NodeId.of(7)), groups(node).children.get(FOREIGN));
        EmbeddedNode<Stack> full = full().call("find", FOREIGN, NodeId.of(7));
        assertFalse(groups(full).found);
        full.fire("spare");
        assertFalse(groups(full).subscribed.contains(spare));
        full.with(stack -> stack.layer(LonelyGroups.class).children.clear()).fire("spare");
        assertTrue(groups(full).subscribed.contains(spare));
    }

    @Test
    void aNodeThatCanBearNoChildIsRefused() {
        Duration second = Duration.ofSeconds(1);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new SplitStream(STREAM, 0, second, 1, second));
        assertTrue(refused.getMessage().contains("FS513"), refused::getMessage);
    }

    private static double metric(String name, String out) {
        Matcher figure = Pattern.compile("\"" + name + "\":([0-9.]+)").matcher(out);
        assertTrue(figure.find(), out);
        return Double.parseDouble(figure.group(1));
    }

    /** That is what the first digits are for: with one tree for all stripes it would be 16. */
    @Test
    void overPastryANodeFeedsHardlyMoreThanOneStripe() {
        StringWriter out = new StringWriter();
        String[] arguments = {"simulate", "splitstream/scribe/pastry", "--nodes", "18", "--seed", "4", "--json"};
        int code = Foresail.execute(
                List.of(arguments), new PrintWriter(out), new PrintWriter(out), new Interruption(), false);
        assertEquals(ExitCode.DONE, code, out::toString);
        assertEquals(1, metric("delivered", out.toString()));
        assertTrue(metric("stripesFedMean", out.toString()) < 3, out::toString);
        assertTrue(metric("childrenMost", out.toString()) <= 20, out::toString);
    }
}
