package dev.foresail.eval.emulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.eval.emulation.EmulationTrial.LinkRate;
import dev.foresail.eval.emulation.EmulationTrial.Measured;
import dev.foresail.eval.emulation.EmulationTrial.PairDelay;
import dev.foresail.steering.cli.Experiment.Bar;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.cli.Progress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arithmetic on made-up figures, and a short run. Nothing here depends on how fast the machine is. */
final class EmulationAccuracyTest {
    private static List<Boolean> holds(Measured measured) {
        return EmulationAccuracy.report(measured, "again").bars().stream()
                .map(Bar::holds)
                .toList();
    }

    private static Measured measured(double medianMillis, double achieved, int lost) {
        return new Measured(
                List.of(new PairDelay(50, 0.1, 50.1, 500, 50), new PairDelay(100, 0.1, medianMillis, 500, lost)),
                List.of(new LinkRate(1_000, 1_001), new LinkRate(1_000, achieved)),
                0);
    }

    @Test
    void whatIsNearWhatWasAskedHolds() {
        assertEquals(List.of(true, true, true), holds(measured(102.9, 951, 68)));
        assertEquals(List.of(true, true, true), holds(measured(97.1, 1_049, 32)));
    }

    @Test
    void onePairOrLinkThatIsOffIsEnoughToMiss() {
        assertEquals(List.of(false, true, true), holds(measured(103.1, 951, 68)));
        assertEquals(List.of(true, false, true), holds(measured(102.9, 949, 68)));
        assertEquals(List.of(true, true, false), holds(measured(102.9, 951, 69)));
    }

    @Test
    void nothingMeasuredHoldsNothing() {
        assertEquals(List.of(false, false, false), holds(new Measured(List.of(), List.of(), 0)));
        Measured silent = new Measured(
                List.of(new PairDelay(50, 0.1, Double.NaN, 0, 0)), List.of(new LinkRate(1_000, Double.NaN)), 0);
        assertEquals(List.of(false, false, false), holds(silent));
    }

    @Test
    void anIntervalIsWilsons() {
        // Agresti and Coull 1998 give 0 of 10 the upper bound z^2 / (n + z^2).
        List<Double> none = EmulationAccuracy.wilson(0, 10);
        assertEquals(0, none.get(0), 1e-12);
        assertEquals(3.8416 / 13.8416, none.get(1), 1e-9);
    }

    @Test
    void aShortRunMeasuresEveryPairAndEveryLinkWithARate() throws Exception {
        EmulationTrial.Plan plan = new EmulationTrial.Plan(4, 500, 900, 400, 300, 3);
        try (Progress progress = Progress.onStandardError("emulating")) {
            Measured measured = new EmulationTrial(plan, new Interruption(), progress).measure();
            assertEquals(12, measured.delays().size());
            measured.delays().forEach(pair -> assertTrue(pair.medianMillis() >= pair.askedMillis(), pair::toString));
            assertEquals(2, measured.rates().size());
            measured.rates().forEach(rate -> assertTrue(rate.achieved() > 0, rate::toString));
            assertEquals(0, measured.brokenConnections());
        }
    }
}
