package dev.foresail.predictor.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.node.Decision;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Predictions that are wrong in a way that no roll-out knows of. */
class ExperienceTest {
    private static final ChoiceTerm WORKER = new ChoiceTerm("dispatch.submit.worker", 1);

    private final Experience experience = new Experience(PastResiduals.NONE);
    private final RandomStream random = RandomStream.of(7, "outcomes");

    private static Decision.Value predicted(double mean) {
        return new Decision.Value(mean, 0, 2, 1);
    }

    private Decision.Value stated(double mean) {
        return stated(experience, mean);
    }

    private static Decision.Value stated(Experience experience, double mean) {
        return experience.stated(WORKER.choice(), List.of(predicted(mean))).get(0);
    }

    @Test
    void withFewOutcomesNothingIsStated() {
        for (int outcome = 0; outcome < 8; outcome++) {
            experience.add(WORKER, new Residual(5, 7));
            assertFalse(stated(5).hasInterval());
        }
        experience.add(WORKER, new Residual(5, 7));
        assertTrue(stated(5).hasInterval());
    }

    @Test
    void aBiasThatNoRollOutKnowsOfMovesTheInterval() {
        for (int outcome = 0; outcome < 20; outcome++) {
            experience.add(WORKER, new Residual(outcome, outcome + 2));
        }
        Decision.Value stated = stated(100);
        assertEquals(102, stated.low());
        assertEquals(102, stated.high());
        assertEquals(100, stated.mean(), "what decides stays as it is");
    }

    @Test
    void fourOfFiveOutcomesLieInWhatWasStated() {
        int within = 0;
        int judged = 0;
        for (int decision = 0; decision < 5_000; decision++) {
            double mean = 10 * random.nextDouble();
            Decision.Value stated = stated(mean);
            // Too low by 3, and the less sure the greater it is.
            double outcome = mean + 3 + mean * random.nextGaussian();
            if (stated.hasInterval()) {
                judged++;
                within += stated.low() <= outcome && outcome <= stated.high() ? 1 : 0;
            }
            experience.add(WORKER, new Residual(mean, outcome));
        }
        double percent = 100.0 * within / judged;
        assertTrue(percent > 75 && percent < 85, () -> percent + " %");
    }

    @Test
    void predictionsThatAreLikeItCountForAnInterval() {
        for (int outcome = 0; outcome < 100; outcome++) {
            experience.add(WORKER, new Residual(0, 0));
            experience.add(WORKER, new Residual(10, 30));
        }
        assertEquals(0, stated(-1).high() + 1);
        assertEquals(0, stated(0).high());
        assertEquals(31, stated(11).low());
    }

    @Test
    void errorsThatAreMostlyTheSameAreNotStatedWiderThanNeeded() {
        for (int outcome = 0; outcome < 50; outcome++) {
            // The rest is spread to one side.
            experience.add(WORKER, new Residual(5, outcome % 10 < 7 ? 5 : 5 - outcome % 10));
        }
        Decision.Value stated = stated(5);
        assertEquals(5, stated.high());
        assertEquals(-3, stated.low(), "of ten the first seven and two more");
    }

    @Test
    void theOutcomesOfEarlierRunsCountUntilThereAreEnoughOfTheNodesOwn() {
        PastResiduals.Collector before = new PastResiduals.Collector();
        for (int outcome = 0; outcome < 3_000; outcome++) {
            before.add(WORKER, new Residual(5, 6));
        }
        before.add(WORKER, new Residual(5, Double.POSITIVE_INFINITY));
        PastResiduals residuals = before.residuals();
        assertEquals(1_000, residuals.size());
        Experience informed = new Experience(residuals);
        assertEquals(6, stated(informed, 5).high(), "from the beginning");
        for (int outcome = 0; outcome < 100; outcome++) {
            informed.add(WORKER, new Residual(5, 9));
        }
        assertEquals(9, stated(informed, 5).low());
    }

    @Test
    void whatCannotBeToldTeachesNothingAndOtherChoicesAreOthers() {
        for (int outcome = 0; outcome < 30; outcome++) {
            experience.add(WORKER, new Residual(5, Double.NaN));
            experience.add(new ChoiceTerm("dispatch.other", 1), new Residual(5, 5));
            experience.add(new ChoiceTerm(WORKER.choice(), 2), new Residual(5, 5));
        }
        assertFalse(stated(5).hasInterval());
    }

    @Test
    void onlyTheLatestAreKept() {
        for (int outcome = 0; outcome < 200; outcome++) {
            experience.add(WORKER, new Residual(5, 6));
        }
        for (int outcome = 0; outcome < 200; outcome++) {
            experience.add(WORKER, new Residual(5, 20));
        }
        assertEquals(20, stated(5).low());
    }
}
