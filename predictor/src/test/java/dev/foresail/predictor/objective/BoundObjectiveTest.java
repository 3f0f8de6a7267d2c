package dev.foresail.predictor.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Desk;
import dev.foresail.predictor.fixture.DeskMachine;
import dev.foresail.predictor.objective.Objective.Term;
import dev.foresail.predictor.view.Picture;
import dev.foresail.predictor.view.PictureView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Two nodes that keep letters: n1 two, n2 three. */
class BoundObjectiveTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static double[] costs(int keptByTwo, Term... terms) {
        PictureView<Desk> view = new PictureView<>(
                new DeskMachine(),
                new TreeMap<>(Map.of(
                        NodeId.of(1), new Picture<>(Desk.keeping(2), Map.of(), 0),
                        NodeId.of(2), new Picture<>(Desk.keeping(keptByTwo), Map.of(), 0))),
                false);
        return new BoundObjective<>(new DeskMachine(), new Objective(List.of(terms), SECOND)).costs(view);
    }

    private static Term term(Map<String, Double> weights) {
        return new Term(new TreeMap<>(weights));
    }

    @Test
    void termsKeepTheirOrderBehindViolatedSafety() {
        assertArrayEquals(
                new double[] {0, 13, 0}, costs(3, term(Map.of("unevenness", 1.0)), term(Map.of("filedHere", 1.0))));
    }

    @Test
    void weightsAddUpAndANegativeOneMakesAMetricLarge() {
        assertArrayEquals(new double[] {0, -6.5}, costs(3, term(Map.of("unevenness", -0.5, "filedHere", 2.0))));
    }

    @Test
    void everyNodeThatViolatesSafetyMakesTheProtocolUnsafe() {
        double[] unsafe = costs(5, term(Map.of("unevenness", -1.0)));
        assertArrayEquals(new double[] {1, -29}, unsafe, "however good the metric is");
    }

    @Test
    void whatDependsOnUnknownNodesTellsNothingApart() {
        assertArrayEquals(new double[] {0, 0}, costs(3, term(Map.of("farAway", 1.0))));
    }

    @Test
    void anUnknownMetricIsNamedWithThoseThatThereAre() {
        String message = assertThrows(IllegalArgumentException.class, () -> costs(3, term(Map.of("uneveness", 1.0))))
                .getMessage();
        assertTrue(message.contains("'uneveness'") && message.contains("unevenness"), message);
    }

    @Test
    void anObjectiveLooksAhead() {
        assertThrows(IllegalArgumentException.class, () -> Objective.minimize("unevenness", Duration.ZERO));
    }
}
