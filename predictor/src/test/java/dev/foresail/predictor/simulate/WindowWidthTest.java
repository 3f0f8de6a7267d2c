package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowWidthTest {
    private static final long LEAST = 1_000;
    private static final int LOOK = 64;

    private long wallNanos = -1_000_000_000;
    private long bound = Long.MAX_VALUE;
    private long events;
    private double delayNanos;
    private final Slowness slowness = new Slowness();

    private final WindowWidth.Observed part = new WindowWidth.Observed() {
        @Override
        public long handledEvents() {
            return events;
        }

        @Override
        public Slowness slowness() {
            return slowness;
        }

        @Override
        public double delayNanosBetween() {
            return delayNanos;
        }

        @Override
        public long mostWindowNanos() {
            return bound;
        }
    };

    private WindowWidth width(double mostDelay) {
        return new WindowWidth(LEAST, Optional.of(new SlowMessages(mostDelay, () -> wallNanos)), List.of(part));
    }

    /** Windows until it is looked at again; so many events happen in each, and messages take so long. */
    private void look(WindowWidth width, long eventsEach, long delayEach) {
        for (int window = 0; window < LOOK; window++) {
            width.getAsLong();
            events += eventsEach;
            delayNanos += delayEach;
            wallNanos += 1_000_000;
        }
    }

    @Test
    void withoutSlowMessagesItIsWhatMessagesTake() {
        WindowWidth width = new WindowWidth(LEAST, Optional.empty(), List.of(part));
        look(width, 10, 10);
        look(width, 20, 10);
        assertEquals(LEAST, width.getAsLong());
    }

    @Test
    void itGrowsAsLongAsThatIsFasterAndTurnsRoundWhenItIsNot() {
        WindowWidth width = width(0.01);
        for (int looks = 1; looks <= 6; looks++) {
            look(width, 10L * looks, 100);
        }
        double grown = width.getAsLong();
        assertTrue(grown > 4 * LEAST, grown + " ns");
        look(width, 1, 100);
        look(width, 1, 100);
        assertTrue(width.getAsLong() < grown);
    }

    @Test
    void timersBoundItAtOnce() {
        WindowWidth width = width(0.01);
        for (int looks = 1; looks <= 6; looks++) {
            look(width, 10L * looks, 100);
        }
        bound = 1_500;
        assertEquals(1_500, width.getAsLong());
        bound = 10;
        assertEquals(LEAST, width.getAsLong());
    }

    @Test
    void tooMuchDelayMakesItNarrower() {
        WindowWidth width = width(0.01);
        for (int looks = 1; looks <= 6; looks++) {
            look(width, 10L * looks, 100);
        }
        long before = width.getAsLong();
        slowness.late(200);
        look(width, 1_000, 100);
        width.getAsLong();
        assertTrue(width.getAsLong() < before);
    }
}
