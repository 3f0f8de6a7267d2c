package dev.foresail.network.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkClassTest {
    private static final Topology EVEN = new UniformTopology(300, 1_000_000, 1e9, 0.1);

    private static double[] sortedJitters(Topology network) {
        double[] jitters = new double[300 * 299 / 2];
        int next = 0;
        for (int a = 0; a < 300; a++) {
            for (int b = 0; b < a; b++) {
                jitters[next++] = network.jitterFraction(a, b);
                assertEquals(network.jitterFraction(a, b), network.jitterFraction(b, a));
            }
        }
        Arrays.sort(jitters);
        return jitters;
    }

    /** The published percentiles: (mean - min) / min, and mdev / min, which is 1.712 times that of the sampler's tail. */
    @ParameterizedTest
    @CsvSource({"wide-area, 1, 0.016, 0.10, 0.64", "cloud, 1.712, 0.0027, 0.009, 0.059"})
    void pairsHaveThePublishedJitter(String name, double times, double p50, double p90, double p99) {
        double[] jitters = sortedJitters(LinkClass.named(name).orElseThrow().over(EVEN, 3));
        assertEquals(p50, times * jitters[jitters.length / 2], 0.03 * p50);
        assertEquals(p90, times * jitters[jitters.length * 9 / 10], 0.05 * p90);
        assertEquals(p99, times * jitters[jitters.length * 99 / 100], 0.15 * p99);
    }

    @Test
    void twoDelaysOfAnUnstablePairDifferByTwoFifths() {
        LinkSampler sampler = new LinkSampler(LinkClass.UNSTABLE.over(EVEN, 4));
        RandomStream random = RandomStream.of(4, "delays");
        double[] changes = new double[40_000];
        for (int i = 0; i < changes.length; i++) {
            int to = 1 + i % 299;
            double before = sampler.delayNanos(0, to, 0, 0, random);
            changes[i] = Math.abs(sampler.delayNanos(0, to, 0, 0, random) - before) / before;
        }
        Arrays.sort(changes);
        assertEquals(0.4, changes[changes.length / 2], 0.03);
    }

    @Test
    void onlyJitterAndLossBecomeOthers() {
        Topology changing = new VaryingTopology(
                EVEN,
                List.of(
                        new LinkChange.RouteChange(Links.all(), 5, OptionalLong.empty(), 2),
                        new LinkChange.Congestion(Links.all(), 5, 6, 0, 1, 0.5),
                        new LinkChange.Failure(Links.all(), 5, 6)));
        Topology network = LinkClass.WIDE_AREA.over(changing, 1);
        assertEquals(1_000_000, network.latencyNanos(0, 1));
        assertEquals(2_000_000, network.latencyNanos(0, 1, 5));
        assertEquals(1e9, network.bandwidthBytesPerSecond(0, 1));
        assertEquals(0.5e9, network.bandwidthBytesPerSecond(0, 1, 5));
        assertEquals(0.1, network.lossProbability(0, 1));
        assertEquals(changing.failures(), network.failures());
        assertEquals(0, network.jitterFraction(7, 7));
        assertEquals(0.01, LinkClass.UNSTABLE.over(EVEN, 1).lossProbability(0, 1));
        assertEquals(0, LinkClass.UNSTABLE.over(EVEN, 1).lossProbability(1, 1));
        Topology lossy = Loss.independent(0.2).over(network);
        assertEquals(0.2, lossy.lossProbability(0, 1));
        assertEquals(network.jitterFraction(0, 1), lossy.jitterFraction(0, 1));
        assertNotEquals(
                network.jitterFraction(0, 1),
                LinkClass.WIDE_AREA.over(changing, 2).jitterFraction(0, 1));
    }

    @ParameterizedTest
    @CsvSource({"0.1, 4", "0.02, 10", "0.3, 1.4285714286"})
    void messagesAreLostAsOftenAndInSuchBurstsAsStated(double rate, double burst) {
        LinkSampler sampler = new LinkSampler(new Loss(rate, burst).over(EVEN));
        RandomStream random = RandomStream.of(6, "losses");
        int lost = 0;
        int bursts = 0;
        boolean before = false;
        for (int i = 0; i < 1_000_000; i++) {
            boolean now = sampler.isLost(0, 1, 0, random);
            lost += now ? 1 : 0;
            bursts += now && !before ? 1 : 0;
            before = now;
        }
        assertEquals(rate, lost / 1_000_000.0, 0.1 * rate);
        assertEquals(burst, (double) lost / bursts, 0.07 * burst);
    }

    @Test
    void aBurstIsThatOfOneDirectionAndNeedsNoMoreDraws() {
        LinkSampler sampler = new LinkSampler(new Loss(0.5, 50).over(EVEN));
        RandomStream random = RandomStream.of(1, "losses");
        RandomStream same = random.copy();
        boolean lost = false;
        while (!lost) {
            lost = sampler.isLost(0, 1, 0, random);
            same.nextLong();
        }
        assertEquals(same.state(), random.state());
        assertFalse(sampler.isLost(1, 0, 0, random), "with 2 %");
        assertTrue(sampler.isLost(0, 1, 0, random), "with 98 %");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Loss(1, 5));
        assertThrows(IllegalArgumentException.class, () -> new Loss(-0.1, 5));
        assertThrows(IllegalArgumentException.class, () -> new Loss(0.5, 1.9));
        assertThrows(IllegalArgumentException.class, () -> new Loss(0.5, Double.POSITIVE_INFINITY));
    }
}
