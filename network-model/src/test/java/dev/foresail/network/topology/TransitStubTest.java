package dev.foresail.network.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.topology.TransitStub.LinkKind;
import dev.foresail.network.topology.TransitStub.Range;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TransitStubTest {
    private static final double BYTES_PER_MEGABIT = 1e6 / 8;

    private static final LinkKind UNEVEN = new LinkKind(new Range(1, 30), new Range(1, 100));

    @Test
    void shortestPathsLeaveNoDetourThatIsShorter() {
        TransitStub uneven = new TransitStub(3, 4, 3, 5, UNEVEN, UNEVEN, UNEVEN, UNEVEN);
        for (TransitStub shape : new TransitStub[] {uneven, TransitStub.DEFAULT}) {
            TopologyStatistics statistics = TopologyStatistics.of(shape.generate(300, 11), 1);
            assertEquals(0, statistics.violatingTriples());
            assertEquals(0, statistics.pairsWithDetour());
            assertEquals(0, statistics.asymmetry().p99());
        }
    }

    /** One domain of each kind and one router in it: the whole way is known. */
    @Test
    void theWayIsTheSumOfItsLinksAndAsWideAsTheNarrowest() {
        TransitStub line = new TransitStub(
                2,
                1,
                1,
                1,
                new LinkKind(Range.of(40), Range.of(9)),
                new LinkKind(Range.of(5), Range.of(7)),
                new LinkKind(Range.of(1), Range.of(8)),
                new LinkKind(Range.of(0.5), Range.of(10)));
        Topology network = line.generate(40, 12);
        SortedSet<Long> latencies = new TreeSet<>();
        SortedSet<Double> bandwidths = new TreeSet<>();
        for (int from = 0; from < 40; from++) {
            for (int to = 0; to < from; to++) {
                latencies.add(network.latencyNanos(from, to));
                bandwidths.add(network.bandwidthBytesPerSecond(from, to));
            }
        }
        assertEquals(new TreeSet<>(List.of(1_000_000L, 51_000_000L)), latencies);
        assertEquals(new TreeSet<>(List.of(7 * BYTES_PER_MEGABIT, 10 * BYTES_PER_MEGABIT)), bandwidths);
    }

    @Test
    void ofEquallyShortPathsTheWidestIsTaken() {
        ShortestPaths paths = new ShortestPaths(4);
        paths.link(0, 1, 10, 5);
        paths.link(1, 3, 10, 5);
        paths.link(0, 2, 15, 9);
        paths.link(2, 3, 5, 8);
        paths.link(0, 3, 21, 100);
        paths.solve();
        assertEquals(20, paths.micros(0, 3));
        assertEquals(8, paths.bytesPerSecond(0, 3));
        assertEquals(8, paths.bytesPerSecond(3, 0));
        assertEquals(Float.POSITIVE_INFINITY, paths.bytesPerSecond(2, 2));
    }

    @Test
    void clientsOfMacesExperimentAreTheNarrowestLinks() {
        Topology network = TransitStub.DEFAULT.generate(1000, 13);
        double sum = 0;
        for (int node = 0; node < 999; node++) {
            double megabits = network.bandwidthBytesPerSecond(node, node + 1) / BYTES_PER_MEGABIT;
            assertTrue(megabits >= 2 && megabits <= 8, () -> megabits + " Mbit/s");
            sum += megabits;
        }
        // The smaller of two that lie evenly between 2 and 8 is 4 on average.
        assertEquals(4, sum / 999, 0.2);
    }

    @Test
    void theSameSeedGivesTheSameNetworkAndASmallerOneIsItsBeginning() {
        Topology large = TransitStub.DEFAULT.generate(500, 14);
        Topology small = TransitStub.DEFAULT.generate(60, 14);
        Topology other = TransitStub.DEFAULT.generate(60, 15);
        int different = 0;
        for (int from = 0; from < 60; from++) {
            for (int to = 0; to < 60; to++) {
                assertEquals(large.latencyNanos(from, to), small.latencyNanos(from, to));
                assertEquals(large.bandwidthBytesPerSecond(from, to), small.bandwidthBytesPerSecond(from, to));
                different += small.latencyNanos(from, to) != other.latencyNanos(from, to) ? 1 : 0;
            }
        }
        assertNotEquals(0, different);
    }

    @Test
    void nothingIsKeptPerNode() {
        Topology network = TransitStub.DEFAULT.generate(Integer.MAX_VALUE, 16);
        int last = Integer.MAX_VALUE - 1;
        assertTrue(network.latencyNanos(0, last) >= 2_000_000);
        assertEquals(network.latencyNanos(0, last), network.latencyNanos(last, 0));
        assertEquals(0, network.latencyNanos(last, last));
        assertThrows(IndexOutOfBoundsException.class, () -> network.latencyNanos(0, Integer.MAX_VALUE));
    }

    @Test
    void whatCannotBeANetworkIsRefused() {
        LinkKind link = new LinkKind(Range.of(1), Range.of(1));
        assertRefused("at least one of: transit domains", () -> new TransitStub(0, 1, 1, 1, link, link, link, link));
        assertRefused("more than 1000 routers", () -> new TransitStub(20, 51, 1, 1, link, link, link, link));
        assertRefused("has more than 1000", () -> new TransitStub(1, 1, 1, 1001, link, link, link, link));
        assertRefused("pairs of routers", () -> new TransitStub(10, 100, 100, 11, link, link, link, link));
        assertRefused("at least one node", () -> TransitStub.DEFAULT.generate(0, 1));
        assertRefused("no range goes from 8.0 to 2.0", () -> new Range(8, 2));
        assertRefused("bandwidth above 0", () -> new LinkKind(Range.of(1), Range.of(0)));
        assertRefused("no link takes", () -> new LinkKind(Range.of(1_001), Range.of(1)));
    }

    private static void assertRefused(String part, Executable executable) {
        String message =
                assertThrows(IllegalArgumentException.class, executable).getMessage();
        assertTrue(message.contains(part), message);
    }
}
