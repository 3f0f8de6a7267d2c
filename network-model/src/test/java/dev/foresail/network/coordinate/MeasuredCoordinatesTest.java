package dev.foresail.network.coordinate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.topology.MatrixOptions;
import dev.foresail.network.topology.MatrixReader;
import dev.foresail.network.topology.MeasuredData;
import dev.foresail.network.topology.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On a real network, where one is at hand: 69 cloud regions, each of which asks 16 others. */
class MeasuredCoordinatesTest {
    @Test
    void regionsThatNeverMeasuredEachOtherAreTold() {
        Topology regions = MatrixReader.read(
                MeasuredData.file("cloud-rtt-avg-matrix-2022.csv.gz"),
                MatrixOptions.of(MatrixOptions.Meaning.ROUND_TRIP));
        SmallWorld world = new SmallWorld(regions.size(), (from, to) -> regions.roundTripNanos(from, to) / 1e6, 77);
        List<CoordinateEstimator<Integer>> estimators = world.play(100, node -> false);
        double error = world.medianError(node -> estimators.get(node).coordinate(), node -> true);
        assertTrue(error < 0.15, "median error: " + error);
    }
}
