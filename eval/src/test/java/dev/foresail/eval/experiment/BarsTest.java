package dev.foresail.eval.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.steering.cli.Experiment.Bar;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bars at, above and below their thresholds. */
final class BarsTest {
    @Test
    void aBarHoldsAtItsThresholdUnlessItMustBeBelow() {
        List<Bar> bars = new Bars()
                .atLeast("a", 95, "%", 95)
                .atMost("b", 95, "%", 95)
                .below("c", 95, "%", 95)
                .all();
        assertEquals(List.of(true, true, false), bars.stream().map(Bar::holds).toList());
    }

    @Test
    void aBarThatIsMissedSaysSo() {
        List<Bar> bars = new Bars()
                .atLeast("a", 94.9, "%", 95)
                .atMost("b", 95.1, "%", 95)
                .below("c", 94.9, "%", 95)
                .all();
        assertEquals(List.of(false, false, true), bars.stream().map(Bar::holds).toList());
    }

    @Test
    void whatIsNotANumberNeverHolds() {
        List<Bar> bars = new Bars()
                .atLeast("a", Double.NaN, "%", 0)
                .atMost("b", Double.NaN, "%", 100)
                .below("c", Double.NaN, "%", 100)
                .all();
        assertEquals(List.of(false, false, false), bars.stream().map(Bar::holds).toList());
    }

    @Test
    void thresholdsAreShownForPeople() {
        List<Bar> bars = new Bars()
                .atLeast("a", 1, "levels", 0.5)
                .below("b", 1, "us", 20)
                .all();
        assertEquals(
                List.of(">= 0.5", "< 20"), bars.stream().map(Bar::threshold).toList());
    }
}
