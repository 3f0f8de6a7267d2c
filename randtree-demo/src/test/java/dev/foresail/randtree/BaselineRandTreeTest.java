package dev.foresail.randtree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.machine.Machine;
import dev.foresail.randtree.RandTreeMessages.Join;
import dev.foresail.randtree.fixture.Draws;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The hard-coded policies. */
final class BaselineRandTreeTest extends RandTreeContract<BaselineRandTree> {
    private static final NodeId ROOT = NodeId.of(1);
    private static final NodeId A = NodeId.of(4);
    private static final NodeId B = NodeId.of(5);

    @Override
    Machine<BaselineRandTree> machine() {
        return new BaselineRandTreeMachine();
    }

    @Nested
    final class RoundRobin extends RandTreeContract<BaselineRandTree> {
        @Override
        Machine<BaselineRandTree> machine() {
            return new BaselineRandTreeMachine();
        }

        @Override
        Map<String, String> parameters() {
            return Map.of("policy", "round-robin");
        }
    }

    private static EmbeddedNode<BaselineRandTree> fullRoot(String policy, int draw) {
        Map<String, String> parameters = Map.of("policy", policy);
        EmbeddedNode<BaselineRandTree> root = EmbeddedNode.of(new BaselineRandTreeMachine(), ROOT, parameters)
                .choices(new Draws(bound -> Math.min(draw, bound - 1)))
                .start();
        root.call("joinOverlay", List.of());
        root.deliver(A, Join.of(A, 1, 2));
        root.deliver(B, Join.of(B, 1, 2));
        root.takeSent();
        return root;
    }

    private static List<NodeId> handedTo(EmbeddedNode<BaselineRandTree> root, int joins) {
        return LongStream.range(10, 10 + joins)
                .mapToObj(joiner -> {
                    root.deliver(NodeId.of(joiner), Join.of(NodeId.of(joiner), 1, 2));
                    return root.takeSent().get(0).to();
                })
                .toList();
    }

    @Test
    void randomIsADraw() {
        assertEquals(List.of(A, A), handedTo(fullRoot("random", 0), 2));
        assertEquals(List.of(B, B), handedTo(fullRoot("random", 1), 2));
    }

    @Test
    void roundRobinTakesTurns() {
        assertEquals(List.of(A, B, A), handedTo(fullRoot("round-robin", 0), 3));
    }

    @Test
    void leastDelegatedPrefersTheNewChild() {
        EmbeddedNode<BaselineRandTree> root = fullRoot("least-delegated", 0);
        assertEquals(List.of(A, B, A, B), handedTo(root, 4));
        root.connectionError(B);
        root.deliver(B, Join.of(B, 1, 2));
        root.takeSent();
        assertEquals(List.of(B, B, A), handedTo(root, 3));
    }

    @Test
    void anUnknownPolicyIsNamed() {
        EmbeddedNode<BaselineRandTree> root = fullRoot("best", 0);
        ProtocolException refused = assertThrows(ProtocolException.class, () -> handedTo(root, 1));
        assertEquals("FS107", refused.code());
        assertTrue(refused.getMessage().endsWith("random, round-robin or least-delegated, not 'best'"));
    }
}
