package dev.foresail.network.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import org.junit.jupiter.api.Test;

class LossEstimatorTest {
    private final LossEstimator loss = new LossEstimator();

    @Test
    void itFollowsTheLatestThousandMessages() {
        assertFalse(loss.probability(0).isKnown());
        for (int i = 0; i < 20_000; i++) {
            loss.observe(1, i % 5 == 0 ? 1 : 0, i);
        }
        Figure lossy = loss.probability(20_000);
        assertEquals(0.2, lossy.value(), 0.03);
        assertEquals(20_000, lossy.samples());
        assertEquals(1, lossy.ageNanos());
        loss.observe(10_000, 0, 30_000);
        assertEquals(0, loss.probability(30_000).value(), 0.001);
    }

    @Test
    void anIntervalCountsAsItsMessagesWould() {
        LossEstimator oneByOne = new LossEstimator();
        for (int i = 0; i < 400; i++) {
            oneByOne.observe(1, i % 10 == 9 ? 1 : 0, 0);
        }
        for (int i = 0; i < 40; i++) {
            loss.observe(10, 1, 0);
        }
        assertEquals(oneByOne.probability(0).value(), loss.probability(0).value(), 0.002);
        assertEquals(oneByOne.probability(0).spread(), loss.probability(0).spread(), 0.001);
    }

    @Test
    void theLatestIntervalsShowAChangeSooner() {
        loss.observe(10_000, 0, 0);
        for (int interval = 0; interval < 5; interval++) {
            loss.observe(10, 5, interval);
        }
        assertTrue(loss.recentShare() > 0.2);
        assertTrue(loss.probability(0).value() < 0.05);
    }

    @Test
    void theCredibleIntervalHoldsTheTrueShare() {
        RandomStream random = RandomStream.of(5, "loss");
        int inside = 0;
        for (int run = 0; run < 400; run++) {
            LossEstimator any = new LossEstimator();
            double share = random.nextDouble() * 0.02;
            for (int message = 0; message < 600; message++) {
                any.observe(1, random.nextDouble() < share ? 1 : 0, message);
            }
            inside += any.credibleInterval(0.8).contains(share) ? 1 : 0;
        }
        assertEquals(0.8, inside / 400.0, 0.06);
    }

    @Test
    void countsThatCannotBeAreCut() {
        loss.observe(-5, 3, 0);
        assertFalse(loss.probability(0).isKnown());
        loss.observe(10, 50, 0);
        loss.observe(10, -50, 0);
        double value = loss.probability(0).value();
        assertTrue(value > 0 && value < 1);
    }

    @Test
    void theBetaDistributionIsThatOfTheBooks() {
        assertEquals(0.25, BetaDistribution.cumulative(0.25, 1, 1), 1e-12);
        // 6 x^2 - 8 x^3 + 3 x^4 for a = 2, b = 3.
        assertEquals(0.6875, BetaDistribution.cumulative(0.5, 2, 3), 1e-12);
        assertEquals(1 - StrictMath.pow(0.9, 30), BetaDistribution.cumulative(0.1, 1, 30), 1e-12);
        assertEquals(0.5, BetaDistribution.cumulative(BetaDistribution.quantile(0.5, 0.5, 900.5), 0.5, 900.5), 1e-9);
    }
}
