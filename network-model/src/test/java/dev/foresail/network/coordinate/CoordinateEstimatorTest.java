package dev.foresail.network.coordinate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoordinateEstimatorTest {
    private static final long MILLI = 1_000_000L;

    private final SmallWorld world = new SmallWorld(80, SmallWorld.euclidean(80, 5), 5);
    private final CoordinateEstimator<String> estimator = new CoordinateEstimator<>(4, RandomStream.of(1, "estimator"));

    private static Coordinate at(float place, float error) {
        return Coordinate.of(new float[] {place, 0, 0, 0, 0, 0, 0, 0}, 0, error);
    }

    @Test
    void pairsThatNeverMeasuredEachOtherAreTold() {
        List<CoordinateEstimator<Integer>> estimators = world.play(60, node -> false);
        double error = world.medianError(node -> estimators.get(node).coordinate(), node -> true);
        assertTrue(error < 0.03, "median error: " + error);
        Coordinate first = estimators.get(0).coordinate();
        assertTrue(first.error() < 0.1, first::toString);
        assertTrue(first.expectedError(estimators.get(1).coordinate()) < 0.1);
    }

    @Test
    void samplesThatAreRememberedGoFurtherThanThoseUsedOnce() {
        List<CoordinateEstimator<Integer>> estimators = world.play(24, node -> false);
        List<OneUseVivaldi> published = new ArrayList<>();
        for (int node = 0; node < world.nodes(); node++) {
            published.add(new OneUseVivaldi(world.random));
        }
        for (int round = 0; round < 24; round++) {
            for (int node = 0; node < world.nodes(); node++) {
                int peer = world.peerOf(node);
                double millis = world.nanos(node, peer) / 1e6;
                published.get(node).sample(published.get(peer), millis);
                published.get(peer).sample(published.get(node), millis);
            }
        }
        double ours = world.medianError(node -> estimators.get(node).coordinate(), node -> true);
        double theirs =
                world.medianError((from, to) -> published.get(from).roundTripMillis(published.get(to)), node -> true);
        assertTrue(ours < theirs / 2, ours + " against " + theirs);
    }

    @Test
    void aFifthThatLieDoesNotSpoilWhatTheOthersKnow() {
        List<CoordinateEstimator<Integer>> estimators = world.play(150, node -> node % 5 == 0);
        double error = world.medianError(node -> estimators.get(node).coordinate(), node -> node % 5 != 0);
        assertTrue(error < 0.06, "median error of honest pairs: " + error);
    }

    @Test
    void noSampleMovesACoordinateFurtherThanTheBound() {
        RandomStream random = RandomStream.of(3, "hostile");
        List<CoordinateEstimator<Integer>> honest = world.play(40, node -> false);
        double furthest = 0;
        for (int trial = 0; trial < 4_000; trial++) {
            CoordinateEstimator<Integer> victim = honest.get(trial % honest.size());
            Coordinate before = victim.coordinate();
            float[] position = new float[Coordinate.DIMENSIONS];
            for (int dimension = 0; dimension < position.length; dimension++) {
                position[dimension] = (random.nextFloat() - 0.5f) * 2 * Coordinate.LARGEST_LENGTH_MILLIS;
            }
            Coordinate lie = Coordinate.of(position, random.nextFloat() * Coordinate.LARGEST_LENGTH_MILLIS, 0);
            long roundTripNanos = random.nextBoolean() ? 0 : random.nextLong(10_000_000_000L);
            victim.observe(random.nextInt(200), lie, roundTripNanos, 100 + trial);
            victim.improve();
            double moved = before.movedMillis(victim.coordinate());
            assertTrue(moved <= CoordinateEstimator.LARGEST_STEP_MILLIS + 0.01, "moved by " + moved);
            furthest = Math.max(furthest, moved);
        }
        assertTrue(furthest > 20, "the trial was a hard one: " + furthest);
        Coordinate start = estimator.coordinate();
        estimator.observe("far", at(0, 0), 5_000 * MILLI, 1);
        estimator.improve();
        assertEquals(CoordinateEstimator.LARGEST_STEP_MILLIS, start.movedMillis(estimator.coordinate()), 0.01);
    }

    @Test
    void whoeverIsSureOfHisPlaceIsMovedByLittle() {
        CoordinateEstimator<Integer> victim = world.play(60, node -> false).get(0);
        Coordinate before = victim.coordinate();
        victim.observe(999, at(-5_000, 0), 9_000 * MILLI, 61);
        victim.improve();
        // Round trips are at most 300 ms here.
        double bound = 2 * before.error() * 300;
        assertTrue(before.movedMillis(victim.coordinate()) <= bound, before + " became " + victim.coordinate());
        assertTrue(bound < 60, before::toString);
    }

    @Test
    void oneLateAnswerOfThreeDoesNotCount() {
        for (long millis : new long[] {40, 900, 41}) {
            estimator.observe("a", at(0, 0.1f), millis * MILLI, 1);
        }
        for (int index = 0; index < 30; index++) {
            estimator.improve();
        }
        assertEquals(41, estimator.coordinate().roundTripMillis(at(0, 0)), 0.5);
    }

    @Test
    void roundTripsThatCannotBeAreRefused() {
        assertFalse(estimator.observe("a", at(0, 1), -1, 1));
        assertFalse(estimator.observe("a", at(0, 1), 10_000_000_001L, 1));
        assertEquals(0, estimator.remembered());
        assertTrue(estimator.observe("a", at(0, 1), 0, 1));
        for (int index = 0; index < 30; index++) {
            estimator.improve();
        }
        // A node begins some 8 ms from nowhere.
        assertTrue(
                estimator.coordinate().roundTripMillis(at(0, 0)) < 3,
                () -> estimator.coordinate().toString());
        assertThrows(IllegalArgumentException.class, () -> at(Float.NaN, 1));
        assertThrows(
                IllegalArgumentException.class, () -> new CoordinateEstimator<String>(0, RandomStream.of(1, "none")));
    }

    @Test
    void whatAHeaderSaysIsTakenOfPeersWithARoundTripOnly() {
        estimator.observe("a", at(0, 0.1f), 40 * MILLI, 1);
        estimator.hear("stranger", at(900, 0.1f), 2);
        assertEquals(1, estimator.remembered());
        estimator.hear("a", at(100, 0.1f), 2);
        estimator.improve();
        CoordinateEstimator<String> told = new CoordinateEstimator<>(4, RandomStream.of(1, "estimator"));
        told.observe("a", at(100, 0.1f), 40 * MILLI, 2);
        told.improve();
        assertEquals(told.coordinate(), estimator.coordinate());
    }

    @Test
    void whoWasNotHeardForLongestGivesWay() {
        for (int peer = 0; peer < 4; peer++) {
            estimator.observe("p" + peer, at(1_000, 0.1f), 20 * MILLI, peer);
        }
        for (int peer = 4; peer < 8; peer++) {
            estimator.observe("p" + peer, at(0, 0.1f), 20 * MILLI, peer);
        }
        assertEquals(4, estimator.remembered());
        settle();
        assertEquals(20, estimator.coordinate().roundTripMillis(at(0, 0)), 1);
    }

    @Test
    void whoIsForgottenCountsNoMore() {
        estimator.observe("gone", at(1_000, 0.1f), 20 * MILLI, 1);
        estimator.observe("stays", at(0, 0.1f), 20 * MILLI, 1);
        estimator.forget("gone");
        estimator.forget("nobody");
        assertEquals(1, estimator.remembered());
        settle();
        assertEquals(20, estimator.coordinate().roundTripMillis(at(0, 0)), 1);
        estimator.observe("comes", at(0, 0.1f), 20 * MILLI, 2);
        assertEquals(2, estimator.remembered());
    }

    private void settle() {
        for (int index = 0; index < 60; index++) {
            estimator.improve();
        }
    }
}
