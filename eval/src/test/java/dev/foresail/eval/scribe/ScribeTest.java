package dev.foresail.eval.scribe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.Above;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.Uses;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.stack.Stack;
import dev.foresail.eval.routing.KeyRouting;
import dev.foresail.eval.scribe.Scribe.Adopted;
import dev.foresail.eval.scribe.Scribe.Anycast;
import dev.foresail.eval.scribe.Scribe.Heartbeat;
import dev.foresail.eval.scribe.Scribe.Leave;
import dev.foresail.eval.scribe.Scribe.Multicast;
import dev.foresail.eval.scribe.Scribe.Notice;
import dev.foresail.eval.scribe.Scribe.Publish;
import dev.foresail.eval.scribe.Scribe.Rejected;
import dev.foresail.eval.scribe.Scribe.Seek;
import dev.foresail.eval.scribe.Scribe.Subscribe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ScribeTest {
    private static final long GROUP = 7;
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId NEXT = NodeId.of(2);
    private static final NodeId CHILD = NodeId.of(3);
    private static final NodeId OTHER = NodeId.of(4);
    /** By somebody who does not know the way from the root. */
    private static final Adopted ADOPTED = new Adopted(GROUP, List.of());

    /** An overlay in which somebody else says who is the root, and who is nearer to it. */
    @Protocol(value = "told-routing", provides = KeyRouting.class)
    static final class ToldRouting {
        public record Carried(long key, Record message) {}

        @Above
        KeyRouting.Upcalls above;

        boolean root;
        NodeId next = NEXT;

        @OnDowncall
        void route(long key, Record message, Node node) {
            carried(new Carried(key, message), node);
        }

        @OnDowncall
        boolean isRoot(long key) {
            return root;
        }

        @OnDowncall
        long position(NodeId node) {
            return node.value();
        }

        @OnDowncall
        SortedSet<NodeId> known() {
            return new TreeSet<>(List.of(next));
        }

        @OnDowncall
        List<NodeId> replicas(long key, int count, Node node) {
            return List.of(node.self());
        }

        @OnMessage
        void carried(Carried carried, Node node) {
            if (root) {
                above.deliver(carried.key(), carried.message());
            } else if (above.forward(carried.key(), carried.message(), next)) {
                node.send(next, carried);
            }
        }
    }

    private static EmbeddedNode<Stack> node() {
        return EmbeddedNode.ofLayers(SELF, Scribe.class, ToldRouting.class).start();
    }

    private static EmbeddedNode<Stack> root() {
        return node().with(stack -> stack.layer(ToldRouting.class).root = true);
    }

    /** A subscriber with that parent. */
    private static EmbeddedNode<Stack> subscribed() {
        EmbeddedNode<Stack> node = node().call("subscribe", GROUP).deliver(NEXT, ADOPTED);
        assertEquals(List.of(subscription(SELF)), node.takeSent());
        assertEquals(Optional.of(NEXT), group(node).parent());
        return node;
    }

    private static Sent subscription(NodeId child) {
        return new Sent(NEXT, new ToldRouting.Carried(GROUP, new Subscribe(child)));
    }

    private static EmbeddedNode<Stack> subscriptionComes(EmbeddedNode<Stack> node, NodeId child) {
        return node.deliver(child, new ToldRouting.Carried(GROUP, new Subscribe(child)));
    }

    private static Group group(EmbeddedNode<Stack> node) {
        return node.state().layer(Scribe.class).groups.getOrDefault(GROUP, Group.EMPTY);
    }

    @Test
    void aNodeOnTheWayTakesTheSubscriberForItsChildAndSubscribesItself() {
        EmbeddedNode<Stack> node = subscriptionComes(node(), CHILD);
        assertEquals(List.of(new Sent(CHILD, ADOPTED), subscription(SELF)), node.takeSent());
        node.deliver(NEXT, ADOPTED);
        // The next one goes no farther.
        subscriptionComes(node, OTHER);
        assertEquals(List.of(new Sent(OTHER, ADOPTED)), node.takeSent());
        assertEquals(new TreeSet<>(List.of(CHILD, OTHER)), group(node).children());
        assertFalse(group(node).isMember());
    }

    @Test
    void theRootHasNoParent() {
        EmbeddedNode<Stack> node = subscriptionComes(root(), CHILD);
        assertEquals(List.of(new Sent(CHILD, new Adopted(GROUP, List.of(SELF)))), node.takeSent());
        node.call("subscribe", GROUP);
        assertEquals(List.of(), node.takeSent());
    }

    @Test
    void whatIsPublishedGoesToTheRootAndDownFromThere() {
        EmbeddedNode<Stack> publisher = node().call("publish", GROUP, 5L);
        Sent sent = publisher.takeSent().get(0);
        assertEquals(new Sent(NEXT, new ToldRouting.Carried(GROUP, new Publish(new Notice(5)))), sent);
        EmbeddedNode<Stack> root = subscriptionComes(root(), CHILD);
        root.takeSent();
        root.deliver(SELF, sent.message());
        assertEquals(List.of(new Sent(CHILD, new Multicast(GROUP, new Notice(5), 1))), root.takeSent());

        EmbeddedNode<Stack> below = subscriptionComes(subscribed(), CHILD);
        below.takeSent();
        below.deliver(NEXT, new Multicast(GROUP, new Notice(5), 1));
        assertEquals(
                List.of(new Sent(SELF, new Notice(5)), new Sent(CHILD, new Multicast(GROUP, new Notice(5), 2))),
                below.takeSent());
        below.deliver(OTHER, new Multicast(GROUP, new Notice(5), 1));
        assertEquals(List.of(new Sent(OTHER, new Leave(GROUP))), below.takeSent(), "not its parent: it has it already");
        below.deliver(NEXT, new Multicast(GROUP, new Notice(5), 64));
        assertEquals(List.of(), below.takeSent(), "it has been going round");
    }

    @Test
    void whoIsNotNeededLeavesTheTree() {
        EmbeddedNode<Stack> node = subscriptionComes(subscribed(), CHILD);
        node.takeSent();
        node.call("leave", GROUP);
        assertEquals(List.of(), node.takeSent(), "its child needs it");
        node.deliver(CHILD, new Leave(GROUP));
        assertEquals(List.of(new Sent(NEXT, new Leave(GROUP))), node.takeSent());
        assertEquals(Map.of(), node.state().layer(Scribe.class).groups);
        node.deliver(NEXT, ADOPTED);
        assertEquals(List.of(new Sent(NEXT, new Leave(GROUP))), node.takeSent());
    }

    @Test
    void whoLosesItsParentSubscribesAgain() {
        EmbeddedNode<Stack> node = subscribed();
        node.connectionError(NEXT);
        assertEquals(List.of(subscription(SELF)), node.takeSent());
        node.fire("heartbeat");
        assertEquals(List.of(subscription(SELF)), node.takeSent(), "the first one was lost");
        node.deliver(OTHER, ADOPTED).deliver(NEXT, ADOPTED);
        assertEquals(List.of(new Sent(OTHER, new Leave(GROUP))), node.takeSent(), "one parent is enough");
    }

    /** Heartbeats begin at the root, so those whose parents run in a circle hear none. */
    @Test
    void whoHearsNothingFromAboveForTwoPeriodsLooksForAnotherParent() {
        EmbeddedNode<Stack> node = subscriptionComes(subscribed(), CHILD);
        node.takeSent();
        node.fire("heartbeat").fire("heartbeat");
        node.deliver(NEXT, new Heartbeat(GROUP, List.of(OTHER, NEXT)));
        assertEquals(List.of(new Sent(CHILD, new Heartbeat(GROUP, List.of(OTHER, NEXT, SELF)))), node.takeSent());
        node.fire("heartbeat").fire("heartbeat");
        assertEquals(List.of(), node.takeSent());
        node.fire("heartbeat");
        assertEquals(List.of(new Sent(NEXT, new Leave(GROUP)), subscription(SELF)), node.takeSent());
        EmbeddedNode<Stack> root = subscriptionComes(root(), CHILD);
        root.takeSent();
        root.fire("heartbeat");
        assertEquals(List.of(new Sent(CHILD, new Heartbeat(GROUP, List.of(SELF)))), root.takeSent());
    }

    @Test
    void aRootThatWasNoneLetsItsParentGo() {
        EmbeddedNode<Stack> node = subscribed();
        node.with(stack -> stack.layer(ToldRouting.class).root = true).fire("heartbeat");
        assertEquals(List.of(new Sent(NEXT, new Leave(GROUP))), node.takeSent());
        assertEquals(Optional.empty(), group(node).parent());
    }

    @Test
    void noNodeIsParentAndChildOfAnother() {
        // Its parent has lost its own, and comes to it.
        EmbeddedNode<Stack> node = subscriptionComes(subscribed(), NEXT);
        assertEquals(Optional.empty(), group(node).parent());
        node.with(stack -> stack.layer(ToldRouting.class).next = OTHER).fire("heartbeat");
        assertEquals(OTHER, node.takeSent().get(2).to());
        // The way to the root is over a child.
        node.with(stack -> stack.layer(ToldRouting.class).next = NEXT).fire("heartbeat");
        assertEquals(new TreeSet<>(), group(node).children());
        // Both have taken the other for a child at once.
        subscriptionComes(node, CHILD).takeSent();
        node.deliver(CHILD, ADOPTED);
        assertEquals(List.of(new Sent(CHILD, new Leave(GROUP))), node.takeSent());
        assertTrue(Scribe.familiesAreDisjoint(node.state().layer(Scribe.class), SELF));
        node.with(
                stack -> stack.layer(Scribe.class).groups.put(GROUP, group(node).withParent(Optional.of(CHILD))));
        assertFalse(Scribe.familiesAreDisjoint(node.state().layer(Scribe.class), SELF));
    }

    /** Reads what comes to a group. */
    @Protocol("reader")
    static final class Reader {
        public record Story(String text) {}

        @Uses(ignored = {"adopted", "rejected"})
        GroupMulticast groups;

        boolean takes;

        final List<String> read = new ArrayList<>();

        @OnCall
        void tell(String text) {
            groups.multicast(GROUP, new Story(text));
        }

        @OnCall
        void listen() {
            groups.subscribe(GROUP);
        }

        @OnUpcall
        void received(long group, Story story) {
            read.add(story.text());
        }

        @OnUpcall
        boolean taken(long group, Story story) {
            return takes;
        }
    }

    @Test
    void aLayerAboveGetsWhatItsNodeHasSubscribedTo() {
        EmbeddedNode<Stack> node = EmbeddedNode.ofLayers(SELF, Reader.class, Scribe.class, ToldRouting.class)
                .start()
                .with(stack -> stack.layer(ToldRouting.class).root = true);
        node.call("tell", "unheard").call("listen").call("tell", "heard");
        assertEquals(List.of("heard"), node.state().layer(Reader.class).read);
    }

    @Test
    void whoIsSentAwayHasNoParentUntilItSubscribesAgainOrAnotherTakesIt() {
        EmbeddedNode<Stack> node = subscribed();
        node.deliver(OTHER, new Rejected(GROUP, new TreeSet<>()));
        assertEquals(Optional.of(NEXT), group(node).parent(), "its parent did not say so");
        node.deliver(NEXT, new Rejected(GROUP, new TreeSet<>(List.of(OTHER))));
        assertEquals(Optional.empty(), group(node).parent());
        node.fire("heartbeat");
        assertEquals(List.of(subscription(SELF)), node.takeSent());
    }

    @Test
    void whoIsAskedTakesAChildUnlessItIsBelowIt() {
        EmbeddedNode<Stack> node = subscribed().deliver(NEXT, new Heartbeat(GROUP, List.of(OTHER, NEXT)));
        node.deliver(OTHER, new Seek(GROUP)).deliver(NEXT, new Seek(GROUP)).deliver(SELF, new Seek(GROUP));
        assertEquals(List.of(), node.takeSent());
        node.deliver(CHILD, new Seek(GROUP));
        assertEquals(List.of(new Sent(CHILD, new Adopted(GROUP, List.of(OTHER, NEXT, SELF)))), node.takeSent());
        assertEquals(List.of(), node().deliver(CHILD, new Seek(GROUP)).takeSent(), "it is not in the tree");
    }

    @Test
    void aMessageThatLooksForATakerSeesTheChildrenFirstAndTheParentLast() {
        EmbeddedNode<Stack> node = EmbeddedNode.ofLayers(SELF, Reader.class, Scribe.class, ToldRouting.class)
                .start()
                .call("listen")
                .deliver(NEXT, ADOPTED);
        subscriptionComes(node, CHILD);
        node.takeSent();
        Reader.Story story = new Reader.Story("for one");
        node.deliver(NEXT, new Anycast(GROUP, story, new TreeSet<>()));
        assertEquals(List.of(new Sent(CHILD, new Anycast(GROUP, story, new TreeSet<>()))), node.takeSent());
        SortedSet<NodeId> seen = new TreeSet<>(List.of(CHILD));
        node.deliver(CHILD, new Anycast(GROUP, story, seen));
        assertEquals(
                List.of(new Sent(NEXT, new Anycast(GROUP, story, new TreeSet<>(List.of(SELF, CHILD))))),
                node.takeSent());
        node.with(stack -> stack.layer(Reader.class).takes = true).deliver(CHILD, new Anycast(GROUP, story, seen));
        assertEquals(List.of(), node.takeSent(), "taken");
    }

    /** All nodes that there are. */
    private record FixedView(Map<NodeId, EmbeddedNode<Stack>> states) implements SystemView<Scribe> {
        @Override
        public SortedSet<NodeId> nodes() {
            return new TreeSet<>(states.keySet());
        }

        @Override
        public boolean isComplete() {
            return true;
        }

        @Override
        public Scribe state(NodeId node) {
            return states.get(node).state().layer(Scribe.class);
        }

        @Override
        public long ageNanos(NodeId node) {
            return 0;
        }
    }

    @Test
    void subscribersBesideTheTreeAreSeen() {
        EmbeddedNode<Stack> below = subscribed();
        EmbeddedNode<Stack> above = root();
        FixedView both = new FixedView(Map.of(SELF, below, NEXT, above));
        assertFalse(Scribe.allSubscribersAreBelowTheRoot(both), "its parent does not know it");
        subscriptionComes(above, SELF);
        above.with(stack -> stack.layer(Scribe.class)
                .groups
                .put(GROUP, Group.EMPTY.withRoot(true).withChild(SELF)));
        assertTrue(Scribe.allSubscribersAreBelowTheRoot(both));
        above.with(stack -> {
            stack.layer(ToldRouting.class).root = false;
            Group circle = Group.EMPTY.withChild(SELF).withParent(Optional.of(SELF));
            stack.layer(Scribe.class).groups.put(GROUP, circle);
        });
        below.with(stack ->
                stack.layer(Scribe.class).groups.put(GROUP, group(below).withChild(NEXT)));
        assertFalse(Scribe.allSubscribersAreBelowTheRoot(both), "a circle");
    }
}
