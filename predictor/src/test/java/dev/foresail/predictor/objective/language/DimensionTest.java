package dev.foresail.predictor.objective.language;

import static dev.foresail.predictor.objective.language.Dimension.BYTES;
import static dev.foresail.predictor.objective.language.Dimension.DURATION;
import static dev.foresail.predictor.objective.language.Dimension.NUMBER;
import static dev.foresail.predictor.objective.language.Dimension.RATE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.predictor.objective.language.Dimension.Scaled;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DimensionTest {
    @Test
    void numbersScaleAndLikeOverLikeIsANumber() {
        for (Dimension dimension : Dimension.values()) {
            assertEquals(Optional.of(new Scaled(dimension, 1)), dimension.times(NUMBER));
            assertEquals(Optional.of(new Scaled(dimension, 1)), NUMBER.times(dimension));
            assertEquals(Optional.of(new Scaled(dimension, 1)), dimension.over(NUMBER));
            assertEquals(Optional.of(new Scaled(NUMBER, 1)), dimension.over(dimension));
        }
    }

    /** 8 Mbps for 2 s are 2 MB. */
    @Test
    void ratesDurationsAndSizesGoTogether() {
        assertEquals(2e6, 8e6 * 2 * RATE.times(DURATION).orElseThrow().factor());
        assertEquals(BYTES, DURATION.times(RATE).orElseThrow().dimension());
        assertEquals(new Scaled(RATE, 8), BYTES.over(DURATION).orElseThrow());
        assertEquals(new Scaled(DURATION, 8), BYTES.over(RATE).orElseThrow());
    }

    @Test
    void whatMakesNoSenseIsNothing() {
        assertEquals(Optional.empty(), DURATION.times(DURATION));
        assertEquals(Optional.empty(), BYTES.times(RATE));
        assertEquals(Optional.empty(), DURATION.over(BYTES));
        assertEquals(Optional.empty(), NUMBER.over(DURATION));
    }
}
