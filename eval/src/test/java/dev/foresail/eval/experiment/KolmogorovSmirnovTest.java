package dev.foresail.eval.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class KolmogorovSmirnovTest {
    @Test
    void isTheGreatestDifferenceOfTheDistributionFunctions() {
        assertEquals(0, KolmogorovSmirnov.distance(List.of(3.0, 1.0, 2.0), List.of(1.0, 2.0, 3.0)));
        assertEquals(1, KolmogorovSmirnov.distance(List.of(1.0, 2.0), List.of(3.0)));
        assertEquals(0.5, KolmogorovSmirnov.distance(List.of(1.0, 4.0), List.of(3.0, 4.0, 4.0, 5.0)), 1e-12);
        assertEquals(0.25, KolmogorovSmirnov.distance(List.of(1.0, 1.0, 1.0, 1.0), List.of(1.0, 1.0, 1.0, 2.0)), 1e-12);
    }

    @Test
    void ofNothingThereIsNoDistance() {
        assertThrows(IllegalArgumentException.class, () -> KolmogorovSmirnov.distance(List.of(), List.of(1.0)));
    }
}
