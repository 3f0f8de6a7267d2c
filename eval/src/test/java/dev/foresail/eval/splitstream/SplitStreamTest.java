package dev.foresail.eval.splitstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SplitStreamTest {
    private static final NodeId SELF = NodeId.of(1);

    /** Groups of one node: what it sends comes back at once where it has subscribed. */
    @Protocol(value = "lonely-groups", provides = GroupMulticast.class)
    static final class LonelyGroups {
        @Above
        GroupMulticast.Upcalls above;

        final SortedSet<Long> subscribed = new TreeSet<>();
        final List<Long> used = new ArrayList<>();

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
        List<Long> keys = Stripes.keys(1);
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
        assertTrue(metric("stripesFed", out.toString()) < 3, out::toString);
    }
}
