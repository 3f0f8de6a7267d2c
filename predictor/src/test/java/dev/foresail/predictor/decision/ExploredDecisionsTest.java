package dev.foresail.predictor.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Decision;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The first alternative is predicted to cost 10 and the other one 14; whatever is taken costs 1 more than predicted. */
final class ExploredDecisionsTest {
    private static KeptDecision decision(long number, int chosen, boolean explored, double cost) {
        return new KeptDecision(
                NodeId.of(1),
                number,
                number,
                "post.link",
                "a letter",
                List.of("first", "second"),
                List.of(new Decision.Value(10, 1, 4, 1), new Decision.Value(14, 1, 4, 1)),
                chosen,
                KeptDecision.By.CACHED,
                0,
                false,
                Optional.empty(),
                Optional.of(new KeptDecision.Outcome(1_000, "delay", 1, cost)),
                explored);
    }

    @Test
    void whatExploringHasCostIsToldByPredictionsAndByOutcomes() {
        DecisionFigures figures = DecisionFigures.of(List.of(
                decision(1, 0, false, 11),
                decision(2, 1, true, 15),
                decision(3, 0, false, 11),
                decision(4, 1, true, 17),
                decision(5, 0, false, Double.POSITIVE_INFINITY)));
        assertEquals(2, figures.explored());
        assertEquals(8, figures.exploredPredictedRegret());
        assertEquals(6 - 1, figures.exploredRegret(), 1e-9);
        assertEquals(8.0, figures.json().get("exploredPredictedRegret"));
    }

    @Test
    void withoutExplorationThereIsNothingToTell() {
        DecisionFigures figures = DecisionFigures.of(List.of(decision(1, 0, false, 11)));
        assertEquals(0, figures.explored());
        assertEquals(0, figures.exploredPredictedRegret());
        assertEquals(Double.NaN, figures.exploredRegret());
        assertFalse(figures.json().containsKey("explored"));
    }
}
