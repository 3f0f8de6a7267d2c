package dev.foresail.network.topology;

import dev.foresail.network.random.Hashing;
import dev.foresail.network.random.RandomStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * A network like those that Inet generates, as emulations on ModelNet used them: few routers have very many links and most have few, by a power law; clients hang at the routers that have fewest. Messages take the
 * shortest path, and wait for each other at the clients' accesses, which alone are narrow. Immutable and thread-safe.
 *
 * <p>Routers come one after the other, and each links itself to two that are there, which it prefers by how many links they have (Barabasi, Albert: Emergence of scaling in random networks, Science 1999). They
 * are scattered over a square, and a link takes as long as it is; how long a path takes follows from nothing published, but the square is such that round trips have a median of some 100 ms.
 */
public final class PowerLaw implements Topology {
    /** As many as the network that Mace was measured on had (Killian et al., PLDI 2007), with {@link #PLACES} for clients. */
    public static final int ROUTERS = 9_000;

    public static final int PLACES = 1_000;

    private static final int LINKS = 2;
    private static final int SIDE_MICROS = 22_000;
    private static final int CLIENT_MICROS = 1_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final double LEAST_BYTES_PER_SECOND = 2e6 / 8;
    private static final double MOST_BYTES_PER_SECOND = 8e6 / 8;

    private final int nodes;
    private final int places;
    private final long bandwidthKey;
    /** By both places: one way between their routers. */
    private final int[] micros;

    private PowerLaw(int nodes, int places, int[] micros, long seed) {
        this.nodes = nodes;
        this.places = places;
        this.micros = micros;
        bandwidthKey = Hashing.combine(seed, Hashing.ofText("power-law client bandwidths"));
    }

    /**
     * Generates one. A node after the thousandth is at the place of an earlier one, with an access of its own.
     *
     * <p>Memory: at most 4 MB for any number of nodes.
     *
     * @param nodes at least 1
     * @param seed the same arguments give the same network on every machine and JDK; the nodes of a smaller one are the first of a larger one
     */
    public static PowerLaw generate(int nodes, long seed) {
        return generate(nodes, ROUTERS, StrictMath.max(1, StrictMath.min(nodes, PLACES)), seed);
    }

    /**
     * @param routers more than {@link #LINKS}
     * @param places from 1 to {@code routers}
     */
    static PowerLaw generate(int nodes, int routers, int places, long seed) {
        if (nodes < 1 || routers <= LINKS || places < 1 || places > routers) {
            throw new IllegalArgumentException(
                    "no network has " + nodes + " nodes at " + places + " of " + routers + " routers");
        }
        Graph graph = new Graph(routers, RandomStream.of(seed, "power-law routers"));
        int[] homes = graph.edge(places, RandomStream.of(seed, "power-law places"));
        int[] micros = new int[places * places];
        for (int place = 0; place < places; place++) {
            int[] from = graph.microsFrom(homes[place]);
            for (int other = 0; other < places; other++) {
                micros[place * places + other] = from[homes[other]];
            }
        }
        return new PowerLaw(nodes, places, micros, seed);
    }

    /** Routers and their links. */
    static final class Graph {
        private final int[][] neighbours;
        private final int[] degrees;
        private final double[] x;
        private final double[] y;

        Graph(int routers, RandomStream random) {
            neighbours = new int[routers][LINKS];
            degrees = new int[routers];
            x = lots(routers, random);
            y = lots(routers, random);
            int[] ends = new int[2 * LINKS * routers];
            int filled = 0;
            for (int router = 1; router < routers; router++) {
                int before = filled;
                for (int link = 0; link < StrictMath.min(LINKS, router); link++) {
                    int other;
                    do {
                        // The end of a random link: as likely as the router has links.
                        other = before == 0 ? 0 : ends[random.nextInt(before)];
                    } while (isLinked(router, other));
                    link(router, other);
                    ends[filled++] = router;
                    ends[filled++] = other;
                }
            }
        }

        private static double[] lots(int count, RandomStream random) {
            double[] lots = new double[count];
            for (int index = 0; index < count; index++) {
                lots[index] = random.nextDouble();
            }
            return lots;
        }

        private boolean isLinked(int router, int other) {
            return IntStream.range(0, degrees[router]).anyMatch(index -> neighbours[router][index] == other);
        }

        private void link(int one, int other) {
            add(one, other);
            add(other, one);
        }

        private void add(int to, int neighbour) {
            if (degrees[to] == neighbours[to].length) {
                neighbours[to] = Arrays.copyOf(neighbours[to], 2 * degrees[to]);
            }
            neighbours[to][degrees[to]++] = neighbour;
        }

        int degree(int router) {
            return degrees[router];
        }

        /** Routers with the fewest links; which of those with as many, is drawn. */
        int[] edge(int places, RandomStream random) {
            double[] lots = lots(degrees.length, random);
            return IntStream.range(0, degrees.length)
                    .boxed()
                    .sorted(Comparator.comparing((Integer router) -> degrees[router])
                            .thenComparing(router -> lots[router]))
                    .limit(places)
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        private int linkMicros(int one, int other) {
            return (int) (SIDE_MICROS * StrictMath.hypot(x[one] - x[other], y[one] - y[other]));
        }

        /** Along the shortest paths (Dijkstra). */
        int[] microsFrom(int start) {
            int[] micros = new int[degrees.length];
            Arrays.fill(micros, Integer.MAX_VALUE);
            micros[start] = 0;
            PriorityQueue<Long> open = new PriorityQueue<>();
            open.add((long) start);
            while (!open.isEmpty()) {
                long nearest = open.remove();
                int router = (int) nearest;
                if (nearest >>> Integer.SIZE == micros[router]) {
                    for (int link = 0; link < degrees[router]; link++) {
                        int other = neighbours[router][link];
                        int through = micros[router] + linkMicros(router, other);
                        if (through < micros[other]) {
                            micros[other] = through;
                            open.add((long) through << Integer.SIZE | other);
                        }
                    }
                }
            }
            return micros;
        }
    }

    @Override
    public int size() {
        return nodes;
    }

    @Override
    public long latencyNanos(int from, int to) {
        if (AccessBandwidth.isOneEndpoint(from, to, nodes)) {
            return 0;
        }
        return (2L * CLIENT_MICROS + micros[from % places * places + to % places]) * NANOS_PER_MICRO;
    }

    @Override
    public double bandwidthBytesPerSecond(int from, int to) {
        AccessBandwidth.isOneEndpoint(from, to, nodes);
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double lossProbability(int from, int to) {
        AccessBandwidth.isOneEndpoint(from, to, nodes);
        return 0;
    }

    @Override
    public boolean hasQueues() {
        return true;
    }

    /** From 2 to 8 Mbit/s, all equally likely, the same in both directions. */
    @Override
    public double uplinkBytesPerSecond(int endpoint, long nowNanos) {
        double uniform = (Hashing.mix(bandwidthKey + endpoint) >>> 11) * 0x1.0p-53;
        return LEAST_BYTES_PER_SECOND + uniform * (MOST_BYTES_PER_SECOND - LEAST_BYTES_PER_SECOND);
    }

    @Override
    public double downlinkBytesPerSecond(int endpoint, long nowNanos) {
        return uplinkBytesPerSecond(endpoint, nowNanos);
    }
}
