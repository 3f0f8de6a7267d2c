package dev.foresail.eval.brokentree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.eval.brokentree.BrokenTree.Adopt;
import dev.foresail.eval.brokentree.BrokenTree.Leave;
import dev.foresail.eval.brokentree.BrokenTree.Wave;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class BrokenTreeTest {
    private static final NodeId ROOT = NodeId.of(0);
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);

    private static EmbeddedNode<BrokenTree> node(NodeId self, String bug) {
        return EmbeddedNode.of(new BrokenTreeMachine(), self, Map.of("bug", bug))
                .start();
    }

    private static Wave wave(Optional<NodeId> grandparent, NodeId... siblings) {
        return new Wave(new TreeSet<>(List.of(siblings)), grandparent);
    }

    @Test
    void whoJoinsIsAdopted() {
        EmbeddedNode<BrokenTree> child = node(ONE, "none").call("join", ROOT);
        assertEquals(List.of(new Sent(ROOT, new Adopt())), child.sent());
        EmbeddedNode<BrokenTree> root =
                node(ROOT, "none").deliver(ONE, new Adopt()).deliver(TWO, new Adopt());
        assertEquals(Set.of(ONE, TWO), root.state().children);
        assertEquals(Set.of(TWO), root.deliver(ONE, new Leave()).state().children);
    }

    @Test
    void theRootSendsAWaveNowAndThen() {
        EmbeddedNode<BrokenTree> root = node(ROOT, "none")
                .deliver(ONE, new Adopt())
                .deliver(TWO, new Adopt())
                .call("lead");
        Wave wave = wave(Optional.empty(), ONE, TWO);
        List<Sent> toBoth = List.of(new Sent(ONE, wave), new Sent(TWO, wave));
        assertEquals(toBoth, root.fire("wave").takeSent());
        assertEquals(toBoth, root.fire("wave").takeSent());
    }

    /** Where node 2, below 1, may be once a wave has reached it. */
    private static Set<NodeId> places(String bug) {
        Set<NodeId> places = new TreeSet<>();
        EmbeddedNode.explore(() -> node(TWO, bug).call("join", ONE), child -> {
            child.takeSent();
            child.deliver(ONE, wave(Optional.of(ROOT), TWO, THREE));
            NodeId place = child.state().parent.orElseThrow();
            List<Sent> news = List.of(new Sent(ONE, new Leave()), new Sent(place, new Adopt()));
            assertEquals(place.equals(ONE) ? List.of() : news, child.sent());
            places.add(place);
        });
        return places;
    }

    @Test
    void aNodeStaysOrMovesBelowItsGrandparentAndWithTheBugBelowAGreaterSibling() {
        assertEquals(Set.of(ROOT, ONE), places("none"));
        assertEquals(Set.of(ROOT, ONE, THREE), places("BT-1"));
    }

    @Test
    void aWaveOfAFormerParentIsDropped() {
        EmbeddedNode<BrokenTree> child = node(TWO, "BT-1").call("join", ONE);
        child.takeSent();
        child.deliver(ROOT, wave(Optional.empty(), TWO, THREE));
        assertEquals(List.of(), child.sent());
        assertEquals(Optional.of(ONE), child.state().parent);
    }
}
