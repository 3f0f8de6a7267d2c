package dev.foresail.network.coordinate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairFitTest {
    private static final int NODES = 60;

    /** Three causes of delay that add up, each node with a share in each: no geometry has this. */
    private static PairModel ofRankThree() {
        RandomStream random = RandomStream.of(8, "rank three");
        double[][] rows = new double[NODES][];
        for (int node = 0; node < NODES; node++) {
            rows[node] = new double[] {1 + 9 * random.nextDouble(), 10 * random.nextDouble(), 10 * random.nextDouble()};
        }
        return (from, to) -> rows[from][0] * rows[to][0] + rows[from][1] * rows[to][1] + rows[from][2] * rows[to][2];
    }

    @Test
    void aProductOfThinMatricesIsFoundAgain() {
        SmallWorld world = new SmallWorld(NODES, ofRankThree(), 9);
        PairModel model = FactorisationModel.fit(
                new SampleTable(NODES, world.samples()), 3, 1e-4, 60, RandomStream.of(1, "start"));
        double error = world.medianError(model, node -> true);
        assertTrue(error < 0.02, "median error of pairs that were not given: " + error);
    }

    @Test
    void whereThereIsNoGeometryTheFactorisationAnswers() {
        SmallWorld world = new SmallWorld(NODES, ofRankThree(), 9);
        PairFit fit = PairFit.of(NODES, world.samples(), RandomStream.of(1, "fit"));
        assertTrue(fit.chosen().startsWith("factorisation"), fit.validationErrors()::toString);
        assertChoseTheSmallest(fit);
    }

    @Test
    void whereThereIsOneCoordinatesAnswer() {
        SmallWorld world = new SmallWorld(NODES, SmallWorld.euclidean(NODES, 4), 4);
        PairFit fit = PairFit.of(NODES, world.samples(), RandomStream.of(1, "fit"));
        assertEquals("coordinates", fit.chosen(), fit.validationErrors()::toString);
        assertChoseTheSmallest(fit);
        double error = world.medianError(fit, node -> true);
        assertTrue(error < 0.04, "median error of pairs that were not given: " + error);
    }

    private static void assertChoseTheSmallest(PairFit fit) {
        double smallest =
                fit.validationErrors().values().stream().min(Double::compare).orElseThrow();
        assertEquals(smallest, fit.validationErrors().get(fit.chosen()));
        assertEquals(7, fit.validationErrors().size());
    }

    @Test
    void whatCannotBeFittedIsRefused() {
        List<PairSample> one = List.of(new PairSample(0, 1, 5));
        RandomStream random = RandomStream.of(1, "fit");
        assertThrows(IllegalArgumentException.class, () -> PairFit.of(2, one, random));
        assertThrows(IllegalArgumentException.class, () -> new SampleTable(1, one));
        assertThrows(IllegalArgumentException.class, () -> new PairSample(0, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new PairSample(0, 1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new PairSample(3, 3, 1));
    }
}
