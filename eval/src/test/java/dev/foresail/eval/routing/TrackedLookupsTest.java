package dev.foresail.eval.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.stack.Machines;
import dev.foresail.choice.stack.Stack;
import dev.foresail.choice.stack.StackMachine;
import dev.foresail.eval.recursiveroute.RecursiveRoute.Delivered;
import dev.foresail.eval.recursiveroute.Ticket;
import dev.foresail.predictor.transport.Start;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One node, by what it has asked. */
final class TrackedLookupsTest {
    private static final NodeId ONE = NodeId.of(1);

    /** The one key is that of node 5. */
    private static EmbeddedNode<Stack> asking(int lookups) {
        StackMachine machine = (StackMachine) Machines.of(TrackedLookupsTest.class.getClassLoader())
                .matches("tracked-lookups/recursive-route/static-ring")
                .get(0);
        return EmbeddedNode.of(machine, ONE, Map.of("members", "5", "queue", "1", "keys", "1"))
                .start()
                .call("ask", lookups)
                .fire("ask");
    }

    private static TrackedLookups lookups(EmbeddedNode<Stack> node) {
        return node.state().layer(TrackedLookups.class);
    }

    /** All that were left were given up in one step, each within the one before. */
    @Test
    void whereThereIsNoRoomTheNextQuestionWaits() {
        EmbeddedNode<Stack> node = asking(20_000).fire("timeout");
        assertEquals(1, lookups(node).timeouts());
        assertEquals(19_999, lookups(node).left);
        assertTrue(node.timers().keySet().containsAll(Set.of("ask")), node.timers()::toString);
        assertTrue(!node.timers().containsKey("timeout"), "nothing is awaited");
        node.deliver(NodeId.of(5), new Delivered(new Ticket(ONE, new Start(1, 0), 1)))
                .fire("ask");
        assertEquals(19_998, lookups(node).left);
        assertEquals(1, lookups(node).timeouts());
        assertTrue(node.timers().containsKey("timeout"));
    }
}
