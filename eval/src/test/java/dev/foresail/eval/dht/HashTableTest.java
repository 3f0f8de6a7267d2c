package dev.foresail.eval.dht;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.Above;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.stack.Stack;
import dev.foresail.eval.dht.HashTable.Ask;
import dev.foresail.eval.dht.HashTable.Found;
import dev.foresail.eval.dht.HashTable.Get;
import dev.foresail.eval.dht.HashTable.Handover;
import dev.foresail.eval.dht.HashTable.Keep;
import dev.foresail.eval.dht.HashTable.Kept;
import dev.foresail.eval.dht.HashTable.Put;
import dev.foresail.eval.dht.HashTable.Release;
import dev.foresail.eval.dht.HashTable.Stored;
import dev.foresail.eval.routing.KeyRouting;
import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HashTableTest {
    private static final long KEY = 7;
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId SECOND = NodeId.of(2);
    private static final NodeId THIRD = NodeId.of(3);
    private static final NodeId CLIENT = NodeId.of(4);
    private static final Get GET = new Get(CLIENT, 1);

    /** An overlay in which somebody else says who has which keys. */
    @Protocol(value = "told-roots", provides = KeyRouting.class)
    static final class ToldRoots {
        public record Carried(long key, Record message) {}

        @Above
        KeyRouting.Upcalls above;

        final List<NodeId> replicas = new ArrayList<>(List.of(SELF, SECOND, THIRD));

        @OnDowncall
        void route(long key, Record message, Node node) {
            node.send(replicas.get(0), new Carried(key, message));
        }

        @OnDowncall
        boolean isRoot(long key, Node node) {
            return replicas.get(0).equals(node.self());
        }

        @OnDowncall
        long position(NodeId node) {
            return node.value();
        }

        @OnDowncall
        SortedSet<NodeId> known() {
            return new TreeSet<>(replicas);
        }

        @OnDowncall
        List<NodeId> replicas(long key, int count) {
            return replicas.subList(0, StrictMath.min(count, replicas.size()));
        }

        @OnMessage
        void carried(Carried carried) {
            above.deliver(carried.key(), carried.message());
        }
    }

    private static EmbeddedNode<Stack> node(NodeId... replicas) {
        return EmbeddedNode.ofLayers(SELF, HashTable.class, ToldRoots.class)
                .start()
                .with(stack -> {
                    stack.layer(ToldRoots.class).replicas.clear();
                    stack.layer(ToldRoots.class).replicas.addAll(List.of(replicas));
                });
    }

    private static HashTable table(EmbeddedNode<Stack> node) {
        return node.state().layer(HashTable.class);
    }

    private static EmbeddedNode<Stack> arrives(EmbeddedNode<Stack> node, Record message) {
        return node.deliver(CLIENT, new ToldRoots.Carried(KEY, message));
    }

    private static Copy copy(long number, NodeId root, long value) {
        return Copy.of(number, root, new Put(NodeId.of((int) value), 1, value));
    }

    private static Copy copy(EmbeddedNode<Stack> node) {
        return table(node).store.get(KEY);
    }

    /** The root, which has a value that the others have not confirmed. */
    private static EmbeddedNode<Stack> root() {
        EmbeddedNode<Stack> root = arrives(node(SELF, SECOND, THIRD), new Put(CLIENT, 1, 50));
        Keep keep = new Keep(KEY, copy(root));
        assertEquals(List.of(new Sent(SECOND, keep), new Sent(THIRD, keep)), root.takeSent());
        return root;
    }

    @Test
    void aPutIsAcknowledgedOnceAllHoldersHaveIt() {
        EmbeddedNode<Stack> root = root();
        Kept kept = new Kept(KEY, copy(root));
        assertEquals(List.of(), root.deliver(SECOND, kept).takeSent());
        // Whoever has failed may have lost it.
        root.connectionError(SECOND);
        assertEquals(List.of(), root.deliver(THIRD, kept).takeSent());
        assertEquals(
                List.of(new Sent(CLIENT, new Stored(KEY, 1))),
                root.deliver(SECOND, kept).takeSent());
        assertEquals(List.of(), root.deliver(SECOND, kept).takeSent(), "once");
    }

    @Test
    void whatIsPutLaterReplacesWhatWasThere() {
        EmbeddedNode<Stack> root = root();
        Copy old = copy(root);
        arrives(root, new Put(CLIENT, 2, 51)).takeSent();
        assertEquals(51, copy(root).value());
        assertTrue(copy(root).isNewerThan(old));
        root.deliver(SECOND, new Kept(KEY, old)).deliver(THIRD, new Kept(KEY, old));
        assertEquals(List.of(), root.takeSent(), "they have the old one");
        Copy newer = copy(copy(root).number() + 1, SECOND, 52);
        root.deliver(SECOND, new Kept(KEY, newer));
        assertEquals(52, copy(root).value());
        assertTrue(copy(root).knows(new Put(CLIENT, 2, 51)), "and what it had seen");
    }

    /** The answer to it was late or lost; a newer put was acknowledged meanwhile. */
    @Test
    void aPutThatIsRepeatedDoesNotReplaceANewerOne() {
        EmbeddedNode<Stack> root = root();
        arrives(root, new Put(CLIENT, 2, 51));
        arrives(root, new Put(SECOND, 1, 52)).takeSent();
        Copy last = copy(root);
        arrives(root, new Put(CLIENT, 1, 50));
        assertEquals(last, copy(root));
        root.takeSent();
        root.deliver(SECOND, new Kept(KEY, last)).deliver(THIRD, new Kept(KEY, last));
        assertEquals(
                List.of(new Stored(KEY, 1), new Stored(KEY, 2), new Stored(KEY, 1)),
                root.takeSent().stream().map(Sent::message).toList(),
                "one answer to each");
        assertEquals(List.of(), table(root).unanswered);

        EmbeddedNode<Stack> newcomer =
                arrives(node(SELF, SECOND, THIRD).advance(Duration.ofHours(1)), new Put(CLIENT, 1, 50));
        Copy again = copy(newcomer);
        assertTrue(again.number() > last.number());
        newcomer.deliver(SECOND, new Kept(KEY, last));
        assertEquals(last, copy(newcomer), "others know that it was replaced");
        assertEquals(last, last.with(again), "in either order");
    }

    @Test
    void whoIsNoRootAnyMoreAcknowledgesNothing() {
        EmbeddedNode<Stack> root = root();
        root.with(stack -> Collections.swap(stack.layer(ToldRoots.class).replicas, 0, 1));
        root.fire("copy");
        assertEquals(List.of(), table(root).unanswered);
    }

    @Test
    void anAnswerToARequestOfAnEarlierLifeIsNotTakenForThisOnes() {
        EmbeddedNode<Stack> client = node(SECOND).advance(Duration.ofSeconds(5)).call("put", KEY, 50L);
        long request = table(client).pending.firstKey();
        assertTrue(request >= Duration.ofSeconds(5).toNanos());
        client.deliver(SECOND, new Stored(KEY + 1, request))
                .deliver(SECOND, new Found(KEY, request, Optional.empty()))
                .deliver(SECOND, new Stored(KEY, 1));
        assertEquals(Map.of(), table(client).acknowledged);
        client.deliver(SECOND, new Stored(KEY, request));
        assertEquals(Map.of(KEY, 50L), table(client).acknowledged);
    }

    @Test
    void aPutThatIsReplacedByItsOwnClientIsNotAskedForAgain() {
        EmbeddedNode<Stack> client = node(SECOND).call("put", KEY, 50L).call("put", KEY, 51L);
        client.deliver(SECOND, new Stored(KEY, table(client).pending.lastKey()));
        assertEquals(Map.of(), table(client).pending);
        assertEquals(Map.of(KEY, 51L), table(client).acknowledged);
    }

    @Test
    void requestsThatFollowEachOtherDoNotPutOffWhatIsToBeAskedAgain() {
        EmbeddedNode<Stack> client = node(SECOND).call("put", KEY, 50L);
        client.advance(Duration.ofSeconds(1)).call("get", KEY);
        assertEquals(Duration.ofSeconds(1), client.timers().get("retry"));
    }

    @Test
    void whichValuesMayBeTheLastFollowsFromWhenTheyWereAcknowledged() {
        PutHistory history = new PutHistory();
        history.asked(1, KEY, Duration.ofSeconds(1));
        history.acknowledged(1, Duration.ofSeconds(3));
        history.asked(2, KEY, Duration.ofSeconds(2));
        history.acknowledged(2, Duration.ofSeconds(6));
        assertTrue(history.mayBeLast(KEY, 1), "under way together");
        history.asked(3, KEY, Duration.ofSeconds(4));
        assertTrue(history.mayBeLast(KEY, 1), "not acknowledged");
        history.acknowledged(3, Duration.ofSeconds(5));
        assertTrue(history.isReplaced(KEY, 1));
        assertTrue(history.mayBeLast(KEY, 2) && history.mayBeLast(KEY, 3));
        assertFalse(history.isOf(KEY + 1, 3));
    }

    @Test
    void aHolderKeepsTheNewestAndSaysWhich() {
        EmbeddedNode<Stack> holder = node(SECOND, SELF, THIRD);
        Copy newer = copy(6, SECOND, 60);
        Copy older = copy(5, SECOND, 50);
        holder.deliver(SECOND, new Keep(KEY, newer)).deliver(SECOND, new Keep(KEY, older));
        Copy both = newer.with(older);
        assertEquals(60, both.value());
        assertEquals(
                List.of(new Sent(SECOND, new Kept(KEY, newer)), new Sent(SECOND, new Kept(KEY, both))),
                holder.takeSent());
    }

    @Test
    void aRootWithoutAValueAsksTheNextHolders() {
        EmbeddedNode<Stack> root = arrives(node(SELF, SECOND, THIRD), GET);
        Ask ask = new Ask(KEY, GET, List.of(THIRD));
        assertEquals(List.of(new Sent(SECOND, ask)), root.takeSent());
        EmbeddedNode<Stack> next = node(SELF).deliver(SECOND, ask);
        assertEquals(List.of(new Sent(THIRD, new Ask(KEY, GET, List.of()))), next.takeSent());
        next.deliver(SECOND, new Ask(KEY, GET, List.of()));
        assertEquals(List.of(new Sent(CLIENT, new Found(KEY, 1, Optional.empty()))), next.takeSent());
        assertEquals(
                List.of(new Sent(CLIENT, new Found(KEY, 1, Optional.of(50L)))),
                arrives(root(), GET).takeSent());
    }

    /** A node that has come between is the root now, and has nothing. */
    @Test
    void whoHasNotHeardOfACopyForLongHandsItToItsRootAndForgetsItWhenItIsNotNeeded() {
        EmbeddedNode<Stack> holder = node(SECOND, THIRD);
        Copy copy = copy(5, CLIENT, 50);
        holder.deliver(CLIENT, new Keep(KEY, copy)).takeSent();
        holder.fire("copy").fire("copy").fire("copy");
        assertEquals(List.of(), holder.takeSent());
        ToldRoots.Carried handover = new ToldRoots.Carried(KEY, new Handover(SELF, copy));
        assertEquals(List.of(new Sent(SECOND, handover)), holder.fire("copy").takeSent());
        holder.deliver(SECOND, new Release(KEY, copy(4, CLIENT, 40)));
        assertEquals(copy, copy(holder), "it has a newer one");
        holder.deliver(SECOND, new Release(KEY, copy));
        assertEquals(Map.of(), table(holder).store);

        EmbeddedNode<Stack> root = arrives(node(SELF, SECOND), new Handover(CLIENT, copy));
        assertEquals(copy, copy(root));
        assertEquals(List.of(), root.takeSent());
        root.deliver(SECOND, new Kept(KEY, copy));
        arrives(root, new Handover(CLIENT, copy));
        assertEquals(List.of(new Sent(CLIENT, new Release(KEY, copy))), root.takeSent());
    }

    @Test
    void aClientAsksAgainUntilItIsAnswered() {
        EmbeddedNode<Stack> client = node(SECOND).call("put", KEY, 50L);
        Sent put = new Sent(SECOND, new ToldRoots.Carried(KEY, new Put(SELF, 1, 50)));
        assertEquals(List.of(put), client.takeSent());
        assertEquals(List.of(put), client.fire("retry").takeSent());
        client.deliver(SECOND, new Stored(KEY, 1));
        assertEquals(Map.of(KEY, 50L), table(client).acknowledged);
        client.call("get", KEY)
                .deliver(SECOND, new Found(KEY, table(client).pending.lastKey(), Optional.of(50L)))
                .takeSent();
        assertEquals(Map.of(KEY, Optional.of(50L)), table(client).found);
        assertEquals(List.of(), client.fire("retry").takeSent());
    }

    @Test
    void aTableWithoutCopiesIsRefused() {
        Duration second = Duration.ofSeconds(1);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new HashTable(0, second, second));
        assertTrue(refused.getMessage().contains("FS514"), refused::getMessage);
    }

    /** All nodes that there are. */
    private record FixedView(Map<NodeId, HashTable> states) implements SystemView<HashTable> {
        @Override
        public SortedSet<NodeId> nodes() {
            return new TreeSet<>(states.keySet());
        }

        @Override
        public boolean isComplete() {
            return true;
        }

        @Override
        public HashTable state(NodeId node) {
            return states.get(node);
        }

        @Override
        public long ageNanos(NodeId node) {
            return 0;
        }
    }

    private static HashTable empty() {
        return table(node(SELF));
    }

    @Test
    void lossesAndCopiesThatDifferAreSeen() {
        HashTable one = empty();
        HashTable other = empty();
        FixedView both = new FixedView(Map.of(SELF, one, SECOND, other));
        one.store.put(KEY, copy(5, SELF, 50));
        one.acknowledged.put(KEY, 50L);
        other.store.put(KEY, copy(6, SELF, 60));
        assertTrue(HashTable.theSameCopyHasTheSameValue(both));
        other.store.put(KEY, copy(5, SELF, 60));
        assertFalse(HashTable.theSameCopyHasTheSameValue(both));
        one.store.clear();
        assertTrue(HashTable.whatWasAcknowledgedIsThere(both));
        other.store.clear();
        assertFalse(HashTable.whatWasAcknowledgedIsThere(both));
        assertTrue(HashTable.everythingIsAnswered(both));
        one.pending.put(1L, new HashTable.Request(KEY, Optional.empty()));
        assertFalse(HashTable.everythingIsAnswered(both));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dht/chord", "dht/pastry", "dht/skipnet"})
    void overAnyOverlayWhatIsPutIsFound(String stack) {
        StringWriter out = new StringWriter();
        List<String> arguments = List.of(
                "simulate",
                stack,
                "--nodes",
                "12",
                "--seed",
                "4",
                "--json",
                "--set",
                "puts=30",
                "--set",
                "keys=20",
                "--set",
                "joinWithin=10s");
        int code = Foresail.execute(arguments, new PrintWriter(out), new PrintWriter(out), new Interruption(), false);
        assertEquals(ExitCode.DONE, code, out::toString);
        List.of("\"puts\":30", "\"lost\":0", "\"found\":1", "\"old\":0", "\"wrong\":0")
                .forEach(figure -> assertTrue(out.toString().contains(figure), out::toString));
    }
}
