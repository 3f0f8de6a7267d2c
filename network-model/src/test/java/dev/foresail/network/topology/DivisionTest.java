package dev.foresail.network.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DivisionTest {
    private static int[] sizes(Division division, int endpoints) {
        int[] sizes = new int[division.parts()];
        IntStream.range(0, endpoints).forEach(endpoint -> sizes[division.partOf(endpoint)]++);
        return sizes;
    }

    /** Whatever is drawn, nothing between two parts is faster than the division says, at any time. */
    private static Division checked(Topology topology, int endpoints, int parts) {
        Division division = Division.of(topology, endpoints, parts).orElseThrow();
        assertTrue(division.leastNanos() > 0);
        RandomStream random = RandomStream.of(1, "pairs");
        long fastest = Long.MAX_VALUE;
        for (int draw = 0; draw < 200_000; draw++) {
            int from = random.nextInt(endpoints);
            int to = random.nextInt(endpoints);
            if (division.partOf(from) != division.partOf(to)) {
                fastest = Math.min(fastest, topology.latencyNanos(from, to, random.nextLong(100)));
            }
        }
        assertTrue(fastest >= division.leastNanos(), fastest + " is less than " + division.leastNanos());
        for (int size : sizes(division, endpoints)) {
            assertTrue(size <= 1 + endpoints * 1.04 / parts, size + " of " + endpoints);
        }
        return division;
    }

    @Test
    void continentsAreDivided() {
        for (long seed = 1; seed <= 20; seed++) {
            Division division = checked(SyntheticWideArea.generate(5_000, seed), 5_000, 2);
            assertTrue(division.leastNanos() > 1_000_000, "seed " + seed + ": " + division.leastNanos());
        }
        checked(SyntheticWideArea.generate(5_000, 1), 5_000, 4);
    }

    @Test
    void whatIsFarFromEachOtherIsApart() {
        long[][] nanos = new long[6][6];
        for (int from = 0; from < 6; from++) {
            for (int to = 0; to < 6; to++) {
                nanos[from][to] = from % 2 == to % 2 ? 1_000 : 9_000 + from;
            }
        }
        Division division = checked(new MatrixTopology(nanos), 6, 2);
        assertEquals(9_000, division.leastNanos());
        assertEquals(division.partOf(0), division.partOf(4));
        Division thirds = checked(new MatrixTopology(nanos), 6, 3);
        assertEquals(1_000, thirds.leastNanos());
    }

    @Test
    void linksThatAreAlikeAreDividedAnyhow() {
        assertEquals(
                5_000, checked(new UniformTopology(10_001, 5_000), 10_001, 2).leastNanos());
        checked(new UniformTopology(3, 5_000), 3, 3);
    }

    @Test
    void otherNetworksKnowTheirRegionsToo() {
        checked(TransitStub.DEFAULT.generate(3_000, 4), 3_000, 2);
        Topology wide = SyntheticWideArea.generate(600, 3);
        checked(NetworkLike.matrix(wide, 2_000, 4), 2_000, 2);
        checked(SampledTopology.sample(wide, 300, 9), 300, 2);
    }

    @Test
    void linksThatBecomeFasterCount() {
        UniformTopology before = new UniformTopology(100, 8_000);
        LinkChange faster = new LinkChange.RouteChange(Links.all(), 50, OptionalLong.of(6_000), 0.5);
        LinkChange calm = new LinkChange.Congestion(Links.all(), 20, 60, 0, 0.5, 1);
        assertEquals(
                3_000,
                checked(new VaryingTopology(before, List.of(faster)), 100, 2).leastNanos());
        assertEquals(
                1_500,
                checked(new VaryingTopology(before, List.of(faster, calm)), 100, 2)
                        .leastNanos());
    }

    @Test
    void aBoundIsRoundedAsLatenciesAre() {
        UniformTopology before = new UniformTopology(100, 10_000_000);
        LinkChange calm = new LinkChange.Congestion(Links.all(), 0, 1_000, 0, 0.1, 1);
        Topology topology = new VaryingTopology(before, List.of(calm));
        assertEquals(topology.latencyNanos(1, 99, 10), checked(topology, 100, 2).leastNanos());
    }

    @Test
    void endpointsThatNobodyUsesDoNotMatter() {
        long[][] nanos = new long[Division.MOST_REGIONS + 10][Division.MOST_REGIONS + 10];
        for (int from = 0; from < nanos.length; from++) {
            for (int to = 0; to < nanos.length; to++) {
                nanos[from][to] = from < 10 && to < 10 ? 5_000 : 3;
            }
        }
        assertEquals(5_000, checked(new MatrixTopology(nanos), 10, 2).leastNanos());
        assertEquals(Optional.empty(), Division.of(new MatrixTopology(nanos), nanos.length, 2));
    }

    @Test
    void whatCannotBeDividedIsNot() {
        assertEquals(Optional.empty(), Division.of(new UniformTopology(100, 0), 100, 2));
        assertEquals(Optional.empty(), Division.of(new UniformTopology(1, 10), 1, 2));
        long[][] lopsided = new long[5][5];
        for (int from = 0; from < 5; from++) {
            for (int to = 0; to < 5; to++) {
                lopsided[from][to] = from == 4 || to == 4 ? 1_000 : 0;
            }
        }
        assertEquals(Optional.empty(), Division.of(new MatrixTopology(lopsided), 5, 2));
        assertThrows(IllegalArgumentException.class, () -> Division.of(new UniformTopology(9, 9), 9, 1));
        assertThrows(IllegalArgumentException.class, () -> Division.of(new UniformTopology(9, 9), 10, 2));
    }
}
