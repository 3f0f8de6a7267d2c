package dev.foresail.eval.steering;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LearningHistoryTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);

    private final VectorClocks clocks = new VectorClocks(List.of(ONE, TWO));
    private final LearningHistory history = new LearningHistory();

    @Test
    void learnersThatAgreeViolateNothing() {
        history.learnt(10, clocks.tick(ONE));
        history.learnt(10, clocks.tick(TWO));
        assertEquals(0, history.knowable() + history.unknowable());
    }

    @Test
    void whoHadHeardCouldHaveKnown() {
        history.learnt(10, clocks.tick(ONE));
        clocks.send(ONE, TWO).run();
        history.learnt(20, clocks.tick(TWO));
        assertEquals(1, history.knowable());
        assertEquals(0, history.unknowable());
    }

    @Test
    void whoHadNotHeardCouldNotHaveKnown() {
        history.learnt(10, clocks.tick(ONE));
        history.learnt(20, clocks.tick(TWO));
        assertEquals(0, history.knowable());
        assertEquals(1, history.unknowable());
    }

    @Test
    void nothingIsForgottenOnceItWasLearnt() {
        history.learnt(10, clocks.tick(ONE));
        history.learnt(20, clocks.tick(ONE));
        history.learnt(10, clocks.tick(ONE));
        assertEquals(2, history.knowable(), "the last contradicts what the same node had learnt before");
    }
}
