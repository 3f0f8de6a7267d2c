package dev.foresail.network.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.topology.MatrixOptions.Meaning;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkLikeTest {
    @ParameterizedTest
    @CsvSource({"490, 2001", "1000, 2002", "5000, 2003"})
    void aNetworkLikePlanetLabHasItsPublishedFigures(int nodes, long seed) {
        assertHasFigures(NetworkProfile.PLANETLAB, NetworkLike.profile(NetworkProfile.PLANETLAB, nodes, seed));
    }

    @ParameterizedTest
    @CsvSource({"490, 2004", "5000, 2005"})
    void aNetworkLikeTheCloudHasItsPublishedFigures(int nodes, long seed) {
        Topology network = NetworkLike.profile(NetworkProfile.CLOUD, nodes, seed);
        assertHasFigures(NetworkProfile.CLOUD, network);
        TopologyStatistics statistics = TopologyStatistics.of(network, 1);
        assertEquals(0.004, statistics.asymmetry().p50(), 0.001);
        assertEquals(0.14, statistics.asymmetry().p90(), 0.014);
    }

    @Test
    void oneSeedAfterTheOtherGivesThePublishedFigures() {
        for (long seed = 2100; seed < 2112; seed++) {
            assertHasFigures(NetworkProfile.CLOUD, NetworkLike.profile(NetworkProfile.CLOUD, 69, seed));
        }
    }

    private static void assertHasFigures(NetworkProfile profile, Topology network) {
        TopologyStatistics statistics = TopologyStatistics.of(network, 1);
        TopologyStatistics.Percentiles found = statistics.roundTripMillis();
        List<Double> got = List.of(found.p1(), found.p10(), found.p50(), found.p90(), found.p99());
        for (int i = 0; i < got.size(); i++) {
            double wanted = profile.roundTripMillis().get(i + 1);
            assertEquals(wanted, got.get(i), 0.1 * wanted);
        }
        assertEquals(profile.detours().violatingTriples(), statistics.violatingTriples(), 0.03);
        assertEquals(profile.detours().any(), statistics.pairsWithDetour(), 0.03);
        assertEquals(profile.detours().tenPercent(), statistics.pairsWithTenPercentDetour(), 0.03);
        assertEquals(profile.detours().twofold(), statistics.pairsWithTwofoldDetour(), 0.03);
    }

    /** The measured network is one that no parameter was chosen for: another generator's. */
    @Test
    void aNetworkLikeAMatrixResemblesTheNodesOfItThatWereNotSeen() {
        Topology whole = SyntheticWideArea.generate(400, 2006);
        Topology seen = SampledTopology.sample(whole, 200, 1);
        Topology others = SampledTopology.sample(whole, 200, 2);
        StatisticsComparison comparison = StatisticsComparison.of(
                TopologyStatistics.of(NetworkLike.matrix(seen, 600, 2007), 1), TopologyStatistics.of(others, 1));
        for (StatisticsComparison.Row row : comparison.rows()) {
            // Two samples of one network differ themselves, by up to a third at the 1st percentile.
            double near = row.name().contains("p1,") ? 0.4 : 0.15;
            boolean isNear = row.isShare()
                    ? Math.abs(row.difference()) < 6
                    : row.name().contains("asymmetry") || Math.abs(row.ratio() - 1) < near;
            assertTrue(isNear, row.toString());
        }
    }

    @Test
    void aNetworkLikePlanetLabsMatrixResemblesItAtAnySize() {
        Topology measured = MatrixReader.read(
                MeasuredData.file("planetlab490-rtt-median.csv.gz"), MatrixOptions.of(Meaning.ROUND_TRIP));
        TopologyStatistics reference = TopologyStatistics.of(measured, 1);
        for (int nodes : new int[] {490, 5000}) {
            StatisticsComparison comparison = StatisticsComparison.of(
                    TopologyStatistics.of(NetworkLike.matrix(measured, nodes, 2008), 1), reference);
            assertTrue(comparison.isAlike(), comparison.toString());
        }
    }

    @Test
    void networksThatDifferAreToldApart() {
        TopologyStatistics cloud = TopologyStatistics.of(NetworkLike.profile(NetworkProfile.CLOUD, 69, 2009), 1);
        TopologyStatistics uniform = TopologyStatistics.of(new UniformTopology(69, 1_000_000), 1);
        assertTrue(StatisticsComparison.of(cloud, cloud).isAlike());
        StatisticsComparison comparison = StatisticsComparison.of(uniform, cloud);
        assertFalse(comparison.isAlike());
        List<String> alike = comparison.rows().stream()
                .filter(StatisticsComparison.Row::isAlike)
                .map(StatisticsComparison.Row::name)
                .toList();
        assertEquals(List.of("asymmetry p1, %", "asymmetry p10, %", "asymmetry p50, %", "over 2 x shorter, %"), alike);
    }

    @Test
    void theSameSeedGivesTheSameNetwork() {
        assertEquals(digest(NetworkProfile.CLOUD, 90, 5), digest(NetworkProfile.CLOUD, 90, 5));
        assertNotEquals(digest(NetworkProfile.CLOUD, 90, 5), digest(NetworkProfile.CLOUD, 90, 6));
    }

    private static long digest(NetworkProfile profile, int nodes, long seed) {
        Topology network = NetworkLike.profile(profile, nodes, seed);
        long digest = 0;
        for (int from = 0; from < nodes; from++) {
            for (int to = 0; to < nodes; to++) {
                digest = digest * 31 + network.latencyNanos(from, to);
                digest = digest * 31 + Double.doubleToLongBits(network.jitterFraction(from, to));
            }
        }
        return digest;
    }

    @Test
    void everyLinkIsWithinTheContract() {
        Topology network = NetworkLike.profile(NetworkProfile.CLOUD, 150, 2010);
        for (int from = 0; from < 150; from++) {
            for (int to = 0; to < 150; to++) {
                assertEquals(from == to, network.latencyNanos(from, to) == 0);
                assertTrue(network.bandwidthBytesPerSecond(from, to) > 0);
                assertEquals(0, network.lossProbability(from, to));
                assertTrue(network.jitterFraction(from, to) >= 0);
            }
        }
        assertThrows(IndexOutOfBoundsException.class, () -> network.latencyNanos(0, 150));
        assertThrows(IllegalArgumentException.class, () -> NetworkLike.profile(NetworkProfile.CLOUD, 0, 1));
        assertEquals(1, NetworkLike.profile(NetworkProfile.CLOUD, 1, 1).size());
        assertEquals(2, NetworkLike.matrix(new UniformTopology(3, 5), 2, 1).size());
    }
}
