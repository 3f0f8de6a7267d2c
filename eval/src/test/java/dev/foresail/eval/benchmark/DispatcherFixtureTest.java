package dev.foresail.eval.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Resolution;
import dev.foresail.randtree.RandTree;
import dev.foresail.randtree.RandTreeMachine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is benchmarked is what its name says. */
final class DispatcherFixtureTest {
    private final DispatcherFixture fixture = new DispatcherFixture();

    @Test
    void theResolverDecidesFromKnownValuesOverAndOver() {
        var resolver = fixture.informedResolver();
        for (int time = 0; time < 3; time++) {
            Resolution.Decided decided =
                    assertInstanceOf(Resolution.Decided.class, resolver.resolve(fixture.context()));
            assertEquals(Decision.Source.CACHED, decided.source());
            assertEquals(DispatcherFixture.BEST, decided.index());
        }
    }

    @Test
    void anEvaluationRunsTwoRollOutsOfEachAlternative() {
        assertEquals(
                6,
                fixture.evaluator(2)
                        .evaluate(fixture.snapshot, fixture.task, fixture.alternatives, 7)
                        .rollOuts());
    }

    @Test
    void theTreesNodeHasTwoChildren() {
        Machine<RandTree> machine = new RandTreeMachine();
        RandTree root = TreeFixture.innerNode(new RandTreeMachine());
        assertEquals(2, machine.neighbours(root).orElseThrow().size());
        assertEquals(
                List.of(),
                machine.neighbours(root).orElseThrow().stream()
                        .filter(NodeId.of(1)::equals)
                        .toList());
    }
}
