package dev.foresail.network.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foresail.network.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Links of 1000 ns and 1 GB/s between four endpoints, that change. */
class VaryingTopologyTest {
    private static final Topology EVEN = new UniformTopology(4, 1_000, 1e9, 0);

    private static VaryingTopology changing(LinkChange... changes) {
        return new VaryingTopology(EVEN, List.of(changes));
    }

    private static LinkChange.RouteChange route(Links links, long fromNanos, double factor) {
        return new LinkChange.RouteChange(links, fromNanos, OptionalLong.empty(), factor);
    }

    @Test
    void congestionComesAndGoesByItsRamp() {
        Links links = Links.between(List.of(0), List.of(1));
        Topology network = changing(new LinkChange.Congestion(links, 100, 200, 40, 3, 0.5));
        assertEquals(1_000, network.latencyNanos(0, 1, 99));
        assertEquals(2_000, network.latencyNanos(0, 1, 120));
        assertEquals(3_000, network.latencyNanos(0, 1, 140));
        assertEquals(3_000, network.latencyNanos(1, 0, 160));
        assertEquals(2_000, network.latencyNanos(0, 1, 180));
        assertEquals(1_000, network.latencyNanos(0, 1, 200));
        assertEquals(0.75e9, network.bandwidthBytesPerSecond(0, 1, 120));
        assertEquals(0.5e9, network.bandwidthBytesPerSecond(1, 0, 150));
        assertEquals(1_000, network.latencyNanos(0, 2, 150), "another link");
        assertEquals(1_000, network.latencyNanos(0, 1), "without a time nothing has changed yet");
        assertEquals(6_000, network.roundTripNanos(0, 1, 150));
    }

    @Test
    void congestionsThatOverlapMultiply() {
        Topology network = changing(
                new LinkChange.Congestion(Links.all(), 0, 20, 0, 2, 1),
                new LinkChange.Congestion(Links.around(List.of(1)), 10, 30, 0, 3, 0.1));
        assertEquals(
                List.of(2_000L, 6_000L, 3_000L, 1_000L),
                List.of(
                        network.latencyNanos(0, 1, 5),
                        network.latencyNanos(0, 1, 15),
                        network.latencyNanos(0, 1, 25),
                        network.latencyNanos(0, 1, 35)));
        assertEquals(0, network.latencyNanos(2, 2, 15));
    }

    @Test
    void routesChangeOneAfterTheOther() {
        Topology network = changing(
                route(Links.between(List.of(0, 1), List.of(2)).oneWay(), 50, 2),
                new LinkChange.RouteChange(Links.around(List.of(0)), 10, OptionalLong.of(300), 1));
        assertEquals(1_000, network.latencyNanos(0, 2, 9));
        assertEquals(300, network.latencyNanos(0, 2, 10));
        assertEquals(600, network.latencyNanos(0, 2, 50));
        assertEquals(300, network.latencyNanos(2, 0, 50), "the way back is as it was");
        assertEquals(2_000, network.latencyNanos(1, 2, 50));
        assertEquals(1_000, network.latencyNanos(0, 2));
    }

    @Test
    void aMessageMeetsTheLinkAsItIsThen() {
        LinkSampler sampler = new LinkSampler(changing(new LinkChange.Congestion(Links.all(), 100, 200, 0, 4, 0.1)));
        assertEquals(1_050, sampler.delayNanos(0, 1, 50, 99, RandomStream.ofState(1)));
        assertEquals(4_500, sampler.delayNanos(0, 1, 50, 100, RandomStream.ofState(1)));
    }

    @Test
    void lossesComeAndGoAndTheLatestCounts() {
        Topology lossy = Loss.independent(0.3).over(EVEN);
        Topology network = new VaryingTopology(
                lossy,
                List.of(
                        new LinkChange.Lossy(Links.between(List.of(0), List.of(1)), 20, 30, new Loss(0.5, 4)),
                        new LinkChange.Lossy(Links.all(), 10, 40, Loss.independent(0))));
        assertEquals(
                List.of(0.3, 0.0, 0.5, 0.0, 0.3),
                List.of(
                        network.lossProbability(0, 1, 9),
                        network.lossProbability(0, 1, 10),
                        network.lossProbability(1, 0, 29),
                        network.lossProbability(1, 0, 30),
                        network.lossProbability(0, 1, 40)));
        assertEquals(0, network.lossProbability(0, 2, 25), "another link");
        assertEquals(4, network.lossBurst(0, 1, 25));
        assertEquals(0.3, network.lossProbability(0, 1), "without a time nothing has changed yet");
        LinkSampler sampler = new LinkSampler(network);
        RandomStream random = RandomStream.ofState(3);
        int lost = 0;
        for (int message = 0; message < 1000; message++) {
            assertFalse(sampler.isLost(0, 1, 35, random));
            lost += sampler.isLost(0, 1, 25, random) ? 1 : 0;
        }
        assertEquals(500, lost, 100);
        assertEquals(0.3, new VaryingTopology(lossy, List.of()).lossProbability(0, 1, 5));
        assertEquals(0.1, Loss.independent(0.1).over(network).lossProbability(0, 1, 25), "said of all times");
    }

    @Test
    void failuresOfSeveralScriptsAddUp() {
        LinkChange.Failure first = new LinkChange.Failure(Links.around(List.of(0)), 5, 6);
        LinkChange.Failure second = new LinkChange.Failure(Links.all(), 1, 2);
        Topology twice = new VaryingTopology(changing(first, route(Links.all(), 1, 2)), List.of(second));
        assertEquals(List.of(second, first), twice.failures());
        assertEquals(List.of(), EVEN.failures());
        assertEquals(2_000, twice.latencyNanos(0, 1, 1));
    }

    @Test
    void everyPairIsNamedOnce() {
        assertEquals(List.of("01", "02", "03", "12", "13", "23"), pairs(Links.all()));
        assertEquals(List.of("02", "03", "12", "13"), pairs(Links.around(List.of(2, 3))));
        assertEquals(List.of("01", "02", "12"), pairs(Links.between(List.of(0, 1, 2), List.of(2, 1, 0))));
        assertEquals(List.of("12"), pairs(Links.between(List.of(2), List.of(1)).oneWay()));
        assertEquals(List.of(), pairs(Links.around(List.of(7))));
    }

    private static List<String> pairs(Links links) {
        List<String> pairs = new ArrayList<>();
        links.forEachPair(4, (one, other) -> pairs.add("" + one + other));
        pairs.sort(null);
        return pairs;
    }

    @Test
    void whatCannotBeIsRefused() {
        Links all = Links.all();
        assertThrows(IllegalArgumentException.class, () -> Links.around(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new LinkChange.Failure(all, 5, 5));
        assertThrows(IllegalArgumentException.class, () -> new LinkChange.Failure(all, -1, 5));
        assertThrows(IllegalArgumentException.class, () -> new LinkChange.Congestion(all, 0, 10, 6, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LinkChange.Congestion(all, 0, 10, 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new LinkChange.Congestion(all, 0, 10, 0, 1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new LinkChange.RouteChange(all, 0, OptionalLong.of(-1), 1));
    }
}
