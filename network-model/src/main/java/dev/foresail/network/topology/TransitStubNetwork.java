package dev.foresail.network.topology;

import dev.foresail.network.random.Hashing;
import dev.foresail.network.random.RandomStream;
import java.util.Arrays;

/** What {@link TransitStub} generates. Immutable and thread-safe. */
final class TransitStubNetwork implements Topology {
    /** How likely two routers of one domain are linked besides the links that hold it together; usual in GT-ITM's specifications. */
    private static final double LINKED = 0.5;

    private static final int NANOS_PER_MICRO = 1_000;

    private final TransitStub shape;
    private final int nodes;
    private final ShortestPaths transit;
    private final ShortestPaths[] stubs;
    private final int[] upMicros;
    private final float[] upBytesPerSecond;
    private final long homeKey;
    private final long delayKey;
    private final long bandwidthKey;

    TransitStubNetwork(TransitStub shape, int nodes, long seed) {
        this.shape = shape;
        this.nodes = nodes;
        transit = transitPaths(shape, RandomStream.of(seed, "transit routers"));
        stubs = new ShortestPaths[shape.allStubDomains()];
        upMicros = new int[shape.allStubRouters()];
        upBytesPerSecond = new float[shape.allStubRouters()];
        for (int domain = 0; domain < stubs.length; domain++) {
            RandomStream random = RandomStream.of(seed, "stub domain", domain);
            stubs[domain] = new ShortestPaths(shape.stubRouters());
            connect(stubs[domain], 0, shape.stubRouters(), shape.stub(), random);
            stubs[domain].solve();
            leadUp(domain, random);
        }
        homeKey = Hashing.combine(seed, Hashing.ofText("transit-stub homes"));
        delayKey = Hashing.combine(seed, Hashing.ofText("transit-stub client delays"));
        bandwidthKey = Hashing.combine(seed, Hashing.ofText("transit-stub client bandwidths"));
    }

    private static ShortestPaths transitPaths(TransitStub shape, RandomStream random) {
        ShortestPaths paths = new ShortestPaths(shape.allTransitRouters());
        int each = shape.transitRouters();
        for (int domain = 0; domain < shape.transitDomains(); domain++) {
            connect(paths, domain * each, each, shape.transit(), random);
            for (int other = 0; other < domain; other++) {
                link(
                        paths,
                        domain * each + random.nextInt(each),
                        other * each + random.nextInt(each),
                        shape.transit(),
                        random);
            }
        }
        paths.solve();
        return paths;
    }

    /** Each router is linked to one that is there already, which holds them together, and to others by chance. */
    private static void connect(
            ShortestPaths paths, int first, int count, TransitStub.LinkKind kind, RandomStream random) {
        for (int router = 1; router < count; router++) {
            link(paths, first + router, first + random.nextInt(router), kind, random);
            for (int other = 0; other < router; other++) {
                if (random.nextDouble() < LINKED && !paths.areLinked(first + router, first + other)) {
                    link(paths, first + router, first + other, kind, random);
                }
            }
        }
    }

    private static void link(ShortestPaths paths, int one, int other, TransitStub.LinkKind kind, RandomStream random) {
        paths.link(one, other, kind.micros(random.nextDouble()), kind.bytesPerSecond(random.nextDouble()));
    }

    /** The way from each router of a stub domain to the transit router. */
    private void leadUp(int domain, RandomStream random) {
        int gate = random.nextInt(shape.stubRouters());
        int gateMicros = shape.transitStub().micros(random.nextDouble());
        float gateBytesPerSecond = shape.transitStub().bytesPerSecond(random.nextDouble());
        for (int router = 0; router < shape.stubRouters(); router++) {
            int index = domain * shape.stubRouters() + router;
            upMicros[index] = stubs[domain].micros(router, gate) + gateMicros;
            upBytesPerSecond[index] = StrictMath.min(stubs[domain].bytesPerSecond(router, gate), gateBytesPerSecond);
        }
    }

    @Override
    public int size() {
        return nodes;
    }

    @Override
    public long latencyNanos(int from, int to) {
        if (isOneEndpoint(from, to)) {
            return 0;
        }
        long micros = (long) clientMicros(from) + clientMicros(to) + routerMicros(home(from), home(to));
        return micros * NANOS_PER_MICRO;
    }

    @Override
    public double bandwidthBytesPerSecond(int from, int to) {
        if (isOneEndpoint(from, to)) {
            return Double.POSITIVE_INFINITY;
        }
        double clients = StrictMath.min(clientBytesPerSecond(from), clientBytesPerSecond(to));
        return StrictMath.min(clients, routerBytesPerSecond(home(from), home(to)));
    }

    @Override
    public double lossProbability(int from, int to) {
        isOneEndpoint(from, to);
        return 0;
    }

    /** The stub domains; latencies within one do not matter here. */
    @Override
    public Regions regions() {
        int[] leastUpMicros = new int[stubs.length];
        for (int domain = 0; domain < stubs.length; domain++) {
            int first = domain * shape.stubRouters();
            leastUpMicros[domain] = Arrays.stream(upMicros, first, first + shape.stubRouters())
                    .min()
                    .orElseThrow();
        }
        long clientsMicros = 2L * shape.client().micros(0);
        return new Regions(
                stubs.length,
                node -> home(node) / shape.stubRouters(),
                (from, to) -> (clientsMicros
                                + leastUpMicros[from]
                                + transit.micros(from / shape.stubDomains(), to / shape.stubDomains())
                                + leastUpMicros[to])
                        * NANOS_PER_MICRO);
    }

    private long routerMicros(int from, int to) {
        int here = from / shape.stubRouters();
        int there = to / shape.stubRouters();
        if (here == there) {
            return stubs[here].micros(from % shape.stubRouters(), to % shape.stubRouters());
        }
        return (long) upMicros[from]
                + transit.micros(here / shape.stubDomains(), there / shape.stubDomains())
                + upMicros[to];
    }

    private float routerBytesPerSecond(int from, int to) {
        int here = from / shape.stubRouters();
        int there = to / shape.stubRouters();
        if (here == there) {
            return stubs[here].bytesPerSecond(from % shape.stubRouters(), to % shape.stubRouters());
        }
        float across = transit.bytesPerSecond(here / shape.stubDomains(), there / shape.stubDomains());
        return StrictMath.min(across, StrictMath.min(upBytesPerSecond[from], upBytesPerSecond[to]));
    }

    private int home(int node) {
        return (int) (uniform(homeKey, node) * upMicros.length);
    }

    private int clientMicros(int node) {
        return shape.client().micros(uniform(delayKey, node));
    }

    private float clientBytesPerSecond(int node) {
        return shape.client().bytesPerSecond(uniform(bandwidthKey, node));
    }

    private static double uniform(long key, int node) {
        return (Hashing.mix(key + node) >>> 11) * 0x1.0p-53;
    }

    private boolean isOneEndpoint(int from, int to) {
        return AccessBandwidth.isOneEndpoint(from, to, nodes);
    }
}
