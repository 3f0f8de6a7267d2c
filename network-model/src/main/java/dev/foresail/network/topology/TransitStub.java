package dev.foresail.network.topology;

/**
 * What a transit-stub network is made of, as emulations on ModelNet used them: clients hang at the routers of stub domains, each stub
 * domain at one router of a transit domain, and every two transit domains are linked. Messages take the shortest path, and their bandwidth
 * is that of its narrowest link. Immutable.
 *
 * <p>The structure is that of GT-ITM (Zegura, Calvert, Bhattacharjee: How to model an internetwork, INFOCOM 1996), with no further
 * links between stub domains.
 *
 * @param transitDomains at least 1
 * @param transitRouters of each transit domain, at least 1
 * @param stubDomains at each transit router, at least 1
 * @param stubRouters of each stub domain, at least 1
 * @param transit links within and between transit domains
 * @param transitStub links between a transit router and a stub domain
 * @param stub links within a stub domain
 * @param client links between a node and its router
 */
public record TransitStub(
        int transitDomains,
        int transitRouters,
        int stubDomains,
        int stubRouters,
        LinkKind transit,
        LinkKind transitStub,
        LinkKind stub,
        LinkKind client) {
    /** Of all transit domains, and of each stub domain: paths take memory with the square of this, and time with its cube. */
    public static final int MOST_ROUTERS = 1_000;

    /** Paths within stub domains: how many pairs of routers they have together at most. */
    public static final int MOST_STUB_PAIRS = 10_000_000;

    /**
     * As large as the network that Mace was measured on: 9,000 routers, clients with 2 to 8 Mbit/s (Killian et al., PLDI 2007). Delays,
     * and the other bandwidths but one, are those of Bamboo's simulator (bamboo.sim.TransitStub). There links between transit and stub have 1.5
     * Mbit/s; as Mace's experiment names no links but the clients', here they are no narrower than those between transit routers.
     * That a client is 1 ms from its router is assumed.
     */
    public static final TransitStub DEFAULT = new TransitStub(
            9,
            10,
            9,
            11,
            new LinkKind(Range.of(10), Range.of(45)),
            new LinkKind(Range.of(5), Range.of(45)),
            new LinkKind(Range.of(1), Range.of(100)),
            new LinkKind(Range.of(1), new Range(2, 8)));

    public TransitStub {
        check("transit domains", transitDomains);
        check("routers of a transit domain", transitRouters);
        check("stub domains of a transit router", stubDomains);
        check("routers of a stub domain", stubRouters);
        if ((long) transitDomains * transitRouters > MOST_ROUTERS) {
            throw new IllegalArgumentException(transitDomains + " transit domains of " + transitRouters
                    + " routers are more than " + MOST_ROUTERS + " routers");
        }
        if (stubRouters > MOST_ROUTERS) {
            throw new IllegalArgumentException(
                    "a stub domain of " + stubRouters + " routers has more than " + MOST_ROUTERS);
        }
        double pairs = (double) transitDomains * transitRouters * stubDomains * stubRouters * stubRouters;
        if (pairs > MOST_STUB_PAIRS) {
            throw new IllegalArgumentException((long) transitDomains * transitRouters * stubDomains
                    + " stub domains of " + stubRouters + " routers have more than " + MOST_STUB_PAIRS
                    + " pairs of routers");
        }
    }

    private static void check(String what, int count) {
        if (count < 1) {
            throw new IllegalArgumentException(
                    "a transit-stub network needs at least one of: " + what + "; got " + count);
        }
    }

    /**
     * Links of one kind: each gets a delay and a bandwidth of its own, the same in both directions.
     *
     * @param millis one way, from 0 to 1,000
     * @param megabits per second, above 0
     */
    public record LinkKind(Range millis, Range megabits) {
        private static final double MOST_MILLIS = 1_000;

        public LinkKind {
            if (millis.most() > MOST_MILLIS) {
                throw new IllegalArgumentException("no link takes " + millis.most() + " ms; at most " + MOST_MILLIS);
            }
            if (megabits.least() <= 0) {
                throw new IllegalArgumentException("a link needs a bandwidth above 0, got " + megabits.least());
            }
        }

        int micros(double uniform) {
            return (int) (millis.at(uniform) * 1_000);
        }

        float bytesPerSecond(double uniform) {
            return (float) (megabits.at(uniform) * 1e6 / 8);
        }
    }

    /**
     * All between two numbers are equally likely.
     *
     * @param least at least 0
     * @param most finite, not below {@code least}
     */
    public record Range(double least, double most) {
        public Range {
            if (!(least >= 0 && most >= least && most < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("no range goes from " + least + " to " + most);
            }
        }

        /** One number. */
        public static Range of(double value) {
            return new Range(value, value);
        }

        double at(double uniform) {
            return least + uniform * (most - least);
        }
    }

    /**
     * Generates such a network; which router a node hangs at is drawn for each by itself.
     *
     * <p>Memory: 8 bytes for each pair of transit routers, for each pair of routers of one stub domain and for each stub router; nothing
     * per node.
     *
     * @param nodes at least 1
     * @param seed the same arguments give the same network on every machine and JDK; the nodes of a smaller one are the first of a
     *     larger one
     */
    public Topology generate(int nodes, long seed) {
        if (nodes < 1) {
            throw new IllegalArgumentException("a network needs at least one node, got " + nodes);
        }
        return new TransitStubNetwork(this, nodes, seed);
    }

    /** How many routers clients hang at. */
    int allStubRouters() {
        return allStubDomains() * stubRouters;
    }

    int allStubDomains() {
        return allTransitRouters() * stubDomains;
    }

    int allTransitRouters() {
        return transitDomains * transitRouters;
    }
}
