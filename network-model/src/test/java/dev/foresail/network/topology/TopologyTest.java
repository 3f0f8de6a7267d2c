package dev.foresail.network.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopologyTest {
    private static final MatrixTopology FOUR = new MatrixTopology(
            new long[][] {
                {9, 1_000_000, 2_000_000, 8_000_000},
                {1_000_000, 0, 3_000_000, 1_000_000},
                {2_000_000, 3_000_000, 0, 4_000_000},
                {8_000_000, 2_000_000, 4_000_000, 0}
            },
            List.of("a", "b", "c", "d"));

    @Test
    void aMatrixHasDirectionsAndNames() {
        assertEquals(0, FOUR.latencyNanos(0, 0));
        assertEquals(1_000_000, FOUR.latencyNanos(1, 3));
        assertEquals(2_000_000, FOUR.latencyNanos(3, 1));
        assertEquals(3_000_000, FOUR.roundTripNanos(1, 3));
        assertEquals(List.of("a", "b", "c", "d"), FOUR.names());
        assertThrows(IndexOutOfBoundsException.class, () -> FOUR.bandwidthBytesPerSecond(0, 4));
    }

    @Test
    void impossibleTopologiesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new MatrixTopology(new long[][] {{0, 1}, {1}}));
        assertThrows(IllegalArgumentException.class, () -> new MatrixTopology(new long[][] {{0, 1}, {-1, 0}}));
        assertThrows(IllegalArgumentException.class, () -> new MatrixTopology(new long[0][]));
        assertThrows(IllegalArgumentException.class, () -> new UniformTopology(2, 5, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new UniformTopology(2, 5, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> SampledTopology.sample(FOUR, 5, 1));
    }

    @Test
    void aSampleHasDistinctEndpointsChosenByTheSeed() {
        Topology uniform = new UniformTopology(1_000, 7);
        SampledTopology sample = (SampledTopology) SampledTopology.sample(uniform, 100, 3);
        Set<Integer> chosen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            chosen.add(sample.sourceIndex(i));
        }
        assertEquals(100, chosen.size());
        assertEquals(7, sample.latencyNanos(0, 99));
        SampledTopology again = (SampledTopology) SampledTopology.sample(uniform, 100, 3);
        SampledTopology other = (SampledTopology) SampledTopology.sample(uniform, 100, 4);
        assertEquals(sample.sourceIndex(0), again.sourceIndex(0));
        assertNotEquals(
                List.of(sample.sourceIndex(0), sample.sourceIndex(1), sample.sourceIndex(2)),
                List.of(other.sourceIndex(0), other.sourceIndex(1), other.sourceIndex(2)));
    }

    @Test
    void statisticsOfAMatrixCountedByHand() {
        TopologyStatistics statistics = TopologyStatistics.of(FOUR, 1);
        // Round trips: ab 2, ac 4, ad 16, bc 6, bd 3, cd 8. Longer than a detour: ad (by b 5, by c 12); nothing else
        // is.
        assertEquals(4.0 / 24, statistics.violatingTriples());
        assertEquals(1.0 / 6, statistics.pairsWithDetour());
        assertEquals(1.0 / 6, statistics.pairsWithTenPercentDetour());
        assertEquals(5, statistics.roundTripMillis().p50(), 1e-9);
        // Each direction counts by itself: bd is 2 there and 4 back, so three of twelve are 2.
        assertEquals(2, statistics.roundTripMillis().p10(), 1e-9);
        // Only bd is asymmetric, 1 against 2; the 90th percentile lies halfway between it and the pair before.
        assertEquals(1.0 / 3, statistics.asymmetry().p90(), 1e-9);
        assertTrue(statistics.toString().contains("violating triples, %       16.7"), statistics.toString());
    }

    @Test
    void aDelayIsLatencyPlusJitterPlusTransfer() {
        LinkSampler plain = new LinkSampler(new UniformTopology(2, 1_000, 1e9, 0.5));
        assertEquals(3_500, plain.delayNanos(0, 1, 2_500, 0, RandomStream.ofState(1)));

        Topology wide = SyntheticWideArea.generate(2, 5);
        LinkSampler sampler = new LinkSampler(wide);
        RandomStream random = RandomStream.of(1, "delays");
        long latency = wide.latencyNanos(0, 1);
        double sum = 0;
        for (int i = 0; i < 20_000; i++) {
            long delay = sampler.delayNanos(0, 1, 0, 0, random);
            assertTrue(delay >= latency);
            sum += delay - latency;
        }
        double expected = latency * wide.jitterFraction(0, 1);
        assertEquals(expected, sum / 20_000, expected * 0.08);
    }

    @Test
    void messagesAreLostAsOftenAsStated() {
        LinkSampler sampler = new LinkSampler(new UniformTopology(2, 1_000, 1e9, 0.25));
        RandomStream random = RandomStream.of(1, "losses");
        int lost = 0;
        for (int i = 0; i < 10_000; i++) {
            lost += sampler.isLost(0, 1, 0, random) ? 1 : 0;
        }
        assertEquals(2_500, lost, 150);
        assertThrows(IllegalArgumentException.class, () -> sampler.delayNanos(0, 1, -1, 0, random));
    }
}
