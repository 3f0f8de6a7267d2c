package dev.foresail.network.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PowerLawTest {
    private static final double BYTES_PER_MEGABIT = 1e6 / 8;

    /** Of networks by preference, a share of about 2 m^2 / d^2 of the routers has d links or more; of random ones with as many links none has twenty. */
    @Test
    void fewRoutersHaveVeryManyLinks() {
        PowerLaw.Graph graph = new PowerLaw.Graph(9_000, RandomStream.of(5, "test"));
        int[] degrees = IntStream.range(0, 9_000).map(graph::degree).toArray();
        assertEquals(2 * (2 * 9_000 - 3), IntStream.of(degrees).sum());
        for (int many : new int[] {10, 20, 40}) {
            double share =
                    IntStream.of(degrees).filter(degree -> degree >= many).count() / 9_000.0;
            double expected = 6.0 / (many * (many + 1));
            assertTrue(share > 0.7 * expected && share < 1.3 * expected, () -> many + ": " + share);
        }
        int[] homes = graph.edge(1_000, RandomStream.of(5, "places"));
        assertEquals(1_000, IntStream.of(homes).distinct().count());
        assertTrue(IntStream.of(homes).allMatch(router -> graph.degree(router) <= 2));
    }

    @Test
    void shortestPathsLeaveNoDetourThatIsShorter() {
        TopologyStatistics statistics = TopologyStatistics.of(PowerLaw.generate(120, 500, 120, 11), 1);
        assertEquals(0, statistics.violatingTriples());
        assertEquals(0, statistics.asymmetry().p99());
    }

    @Test
    void clientsHaveFromTwoToEightMegabits() {
        Topology network = PowerLaw.generate(500, 100, 20, 13);
        double sum = 0;
        for (int node = 0; node < 500; node++) {
            double megabits = network.uplinkBytesPerSecond(node, 0) / BYTES_PER_MEGABIT;
            assertTrue(megabits >= 2 && megabits <= 8, () -> megabits + " Mbit/s");
            assertEquals(network.uplinkBytesPerSecond(node, 0), network.downlinkBytesPerSecond(node, 0));
            sum += megabits;
        }
        assertEquals(5, sum / 500, 0.3);
        assertTrue(network.hasQueues());
    }

    @Test
    void whoComesLaterIsAtThePlaceOfAnEarlierOne() {
        Topology network = PowerLaw.generate(50, 100, 20, 13);
        assertEquals(network.latencyNanos(3, 9), network.latencyNanos(23, 9));
        assertEquals(2_000_000, network.latencyNanos(3, 23));
        assertEquals(0, network.latencyNanos(23, 23));
        assertNotEquals(network.uplinkBytesPerSecond(3, 0), network.uplinkBytesPerSecond(23, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> network.latencyNanos(0, 50));
    }

    @Test
    void theSeedAloneSaysWhatItIs() {
        Topology one = PowerLaw.generate(30, 100, 20, 13);
        assertEquals(one.latencyNanos(3, 9), PowerLaw.generate(10, 100, 20, 13).latencyNanos(3, 9));
        assertNotEquals(
                one.latencyNanos(3, 9), PowerLaw.generate(30, 100, 20, 14).latencyNanos(3, 9));
        assertThrows(IllegalArgumentException.class, () -> PowerLaw.generate(0, 13));
    }
}
