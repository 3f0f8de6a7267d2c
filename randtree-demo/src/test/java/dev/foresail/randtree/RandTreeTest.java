package dev.foresail.randtree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.Histogram;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.Choices;
import dev.foresail.choice.embedded.Decision;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.Machine;
import dev.foresail.randtree.RandTreeMessages.Join;
import dev.foresail.randtree.RandTreeMessages.Remove;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The exposed choice: its alternatives, and what the runtime is told for choosing. */
final class RandTreeTest extends RandTreeContract<RandTree> {
    private static final NodeId ROOT = NodeId.of(1);
    private static final NodeId PARENT = NodeId.of(2);
    private static final NodeId A = NodeId.of(4);
    private static final NodeId B = NodeId.of(5);
    private static final NodeId JOINER = NodeId.of(9);

    @Override
    Machine<RandTree> machine() {
        return new RandTreeMachine();
    }

    @Test
    void aFullNodeMayChooseEitherChild() {
        EmbeddedNode<RandTree> root = root(A, B).choices(Choices.scripted(B));
        root.deliver(JOINER, Join.of(JOINER, 1, 2));
        assertEquals(List.of(new Decision("randtree.delegate.child", List.of(A, B), B)), root.decisions());
        assertEquals(List.of(new Sent(B, Join.of(JOINER, 1, 2).downFrom(ROOT))), root.sent());
    }

    @Test
    void onTheWayUpTheParentIsAnAlternativeUnlessTheJoinCameFromIt() {
        EmbeddedNode<RandTree> child = child(PARENT).choices(Choices.scripted(PARENT));
        Join join = Join.of(JOINER, 1, 2);
        child.deliver(JOINER, join);
        assertEquals(List.of(new Decision("randtree.relay.next", List.of(ROOT, PARENT), PARENT)), child.decisions());
        child.deliver(PARENT, join);
        assertEquals(List.of(new Sent(PARENT, join), new Sent(ROOT, join)), child.sent());
    }

    @Test
    void theLevelsAreOnesOwnAndThoseOfTheChildrenOneBelow() {
        EmbeddedNode<RandTree> root = root(A);
        root.deliver(B, Join.of(B, 3, 2));
        assertEquals(new Histogram(List.of(1, 2, 2)), root.aggregate("levels"), "as B's Join told");
        root.known("levels", B, new Histogram(List.of(1, 1, 1)));
        assertEquals(new Histogram(List.of(1, 2, 1, 1)), root.aggregate("levels"));
    }

    @Test
    void aJoinLandsOnTheFirstLevelWithRoomWithItsSubtreeBelow() {
        @SuppressWarnings("unchecked")
        AggregateDescription<RandTree, Histogram> levels = (AggregateDescription<RandTree, Histogram>)
                machine().aggregates().get(0);
        Join join = Join.of(JOINER, 3, 2).downFrom(ROOT);
        assertTrue(levels.isHandOver(join));
        assertEquals(new Histogram(List.of(1, 2, 2, 2)), levels.afterHandOver(new Histogram(List.of(1, 2, 1)), join));
        Histogram one = Histogram.one();
        assertSame(one, levels.afterHandOver(one, new Remove()));
    }
}
