package dev.foresail.predictor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.fixture.MoodyMachine;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.simulate.FirstDifference.Difference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two runs that should be the same, side by side. */
class FirstDifferenceTest {
    /** One node draws a hundred times, a second apart; each play begins later than the one before, if so wished. */
    private static final class Drawing implements Scenario {
        private final Duration later;
        private Duration first = Duration.ZERO;

        Drawing(Duration later) {
            this.later = later;
        }

        @Override
        public String name() {
            return "drawing";
        }

        @Override
        public Duration duration(int nodes) {
            return Duration.ofMinutes(3);
        }

        @Override
        public void play(Stage stage, List<Object> parameterValues) {
            first = first.plus(later);
            stage.start(stage.nodes().get(0));
            for (int second = 0; second < 100; second++) {
                stage.at(
                        first.plusSeconds(second),
                        () -> stage.call(stage.nodes().get(0), "draw", List.of()));
            }
        }
    }

    @Test
    void theEventIsToldThatMadeAnotherStateInTheSecondRun() {
        Difference difference = Plans.of(new MoodyMachine(), new Drawing(Duration.ZERO), 1, "")
                .firstDifference(1, () -> false)
                .orElseThrow();
        assertEquals(difference.first(), difference.second(), "the same call at the same time");
        assertEquals("n1 call draw[]", difference.first().orElseThrow().text());
        assertEquals("drawn", difference.fields().get(0).name());
        List<String> lines = difference.lines();
        assertEquals("    event " + difference.number() + " is the first that differs:", lines.get(0));
        assertTrue(lines.get(3).contains("after it drawn is "), lines::toString);
    }

    @Test
    void theEventIsToldThatHappenedAtAnotherTime() {
        Difference difference = Plans.of(new MoodyMachine(), new Drawing(Duration.ofMillis(1)), 1, "")
                .firstDifference(1, () -> false)
                .orElseThrow();
        assertEquals(2, difference.number(), "after the start");
        assertTrue(
                difference.second().orElseThrow().seconds()
                        > difference.first().orElseThrow().seconds(),
                difference::toString);
    }

    @Test
    void runsThatAreTheSameHaveNone() {
        assertEquals(Optional.empty(), Plans.tickets(5, Plans.MIX).firstDifference(3, () -> false));
    }
}
