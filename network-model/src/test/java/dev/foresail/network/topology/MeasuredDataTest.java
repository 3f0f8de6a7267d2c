package dev.foresail.network.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foresail.network.topology.MatrixOptions.Meaning;
import dev.foresail.network.topology.MatrixOptions.Missing;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Reads real measurements where they are at hand; figures are those published with them. */
class MeasuredDataTest {
    private static final MatrixOptions ROUND_TRIPS = MatrixOptions.of(Meaning.ROUND_TRIP);

    @Test
    void planetLab() {
        TopologyStatistics statistics = statistics("planetlab490-rtt-median.csv.gz", ROUND_TRIPS);
        assertEquals(490, statistics.endpoints());
        assertEquals(5.8, statistics.roundTripMillis().p1(), 0.1);
        assertEquals(133.9, statistics.roundTripMillis().p50(), 0.1);
        assertEquals(403.9, statistics.roundTripMillis().p99(), 0.1);
        assertEquals(0, statistics.asymmetry().p99(), 1e-9);
        assertEquals(0.057, statistics.violatingTriples(), 0.002);
        assertEquals(0.791, statistics.pairsWithDetour(), 0.02);
        assertEquals(0.427, statistics.pairsWithTenPercentDetour(), 0.02);
    }

    @Test
    void aSliceIsTheSameMatrixWrittenOtherwise() {
        Topology square = MatrixReader.read(MeasuredData.file("planetlab490-rtt-slice01.csv.gz"), ROUND_TRIPS);
        Topology triangle = MatrixReader.read(MeasuredData.file("planetlab490-rtt-slices01-06.csv.gz"), ROUND_TRIPS);
        for (int from = 0; from < 490; from++) {
            for (int to = 0; to < 490; to++) {
                assertEquals(square.latencyNanos(from, to), triangle.latencyNanos(from, to));
            }
        }
    }

    @Test
    void cloudRegionsAreNamedAndAsymmetric() {
        Path file = MeasuredData.file("cloud-rtt-avg-matrix-2022.csv.gz");
        assertEquals(
                "aws:af-south-1", MatrixReader.read(file, ROUND_TRIPS).names().get(0));
        TopologyStatistics statistics = statistics("cloud-rtt-avg-matrix-2022.csv.gz", ROUND_TRIPS);
        assertEquals(0.004, statistics.asymmetry().p50(), 0.001);
        assertEquals(0.14, statistics.asymmetry().p90(), 0.01);
        assertEquals(0.287, statistics.pairsWithTenPercentDetour(), 0.001);
    }

    @Test
    void oneWayValuesAreNotHalved() {
        MatrixTopology regions =
                MatrixReader.read(MeasuredData.file("aws13-oneway.csv"), MatrixOptions.of(Meaning.ONE_WAY));
        assertEquals("N_Virginia", regions.names().get(0));
        assertEquals(7_000_000, regions.latencyNanos(0, 1));
    }

    @Test
    void measurementsThatFailedInBothDirectionsNeedAStandIn() {
        Path file = MeasuredData.file("seattle99-rtt-172slices.csv.gz");
        assertEquals(
                "FS235",
                assertThrows(MatrixFormatException.class, () -> MatrixReader.read(file, ROUND_TRIPS))
                        .code());
        MatrixOptions options =
                ROUND_TRIPS.withMissing(Missing.OPPOSITE_DIRECTION_OR_MEDIAN).withSlice(86);
        assertEquals(99, MatrixReader.read(file, options).size());
    }

    private static TopologyStatistics statistics(String file, MatrixOptions options) {
        return TopologyStatistics.of(MatrixReader.read(MeasuredData.file(file), options), 1);
    }
}
