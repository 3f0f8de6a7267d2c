package dev.foresail.network.coordinate;

import dev.foresail.network.random.RandomStream;

/**
 * One node's coordinate, from round trips to some peers and from where these say they are.
 *
 * <p>{@link #observe} only remembers and is cheap enough for an event loop; {@link #improve} does the work and may be called after
 * every sample or at any lower rate. What is told to others is {@link #coordinate}.
 *
 * <p>Not thread-safe. Times are nanoseconds of one monotonic clock.
 *
 * <p>Vivaldi (SIGCOMM 2004) uses each sample once and forgets it; here all remembered peers' samples count again each time, and
 * the node solves for its own place ({@link PositionSolver}). A peer weighs the less,
 *
 * <ul>
 *   <li>the greater the error that it claims, as in Vivaldi; but a claim below half of all peers' median counts as that, so nobody
 *       gets a say by claiming to be sure;
 *   <li>the more its round trip is off from what the two places say, beyond ten times the node's own error;
 *   <li>the further this node has moved since the peer said where it is: in a network that is still finding its shape the peer
 *       will have moved as far.
 * </ul>
 *
 * <p>What a wrong sample or a liar can do is bounded: see {@link #improve}.
 *
 * @param <P> names a peer; needs equals and hashCode
 */
public final class CoordinateEstimator<P> {
    /** How many peers are remembered unless stated otherwise: twice the 32 of the literature's comparison, as links have two ends. */
    public static final int USUAL_PEERS = 64;
    /** No call of {@link #improve} moves a coordinate further. */
    public static final double LARGEST_STEP_MILLIS = 250;

    /** Round trips beyond it are refused, as in Serf. */
    private static final long LONGEST_ROUND_TRIP_NANOS = 10_000_000_000L;
    /** Shorter round trips count as this: Serf's least height. */
    private static final double SHORTEST_ROUND_TRIP_MILLIS = 0.01;

    private static final double NANOS_PER_MILLI = 1e6;
    /** So far from nowhere a node begins that no two begin at the same place. */
    private static final double START_SPREAD_MILLIS = 3;
    /** More steps in one go hardly fit better: the next sample makes more of them. */
    private static final int STEPS = 5;
    /** No error is told, or counted, as smaller: links vary by as much (WonderProxy's median of mdev/min is 3 %). */
    private static final double LEAST_ERROR = 0.02;

    /** A round trip that is off by so many of the node's own errors counts half: ten is far out for any usual distribution. */
    private static final double DOUBTFUL_ERRORS = 10;

    private final RememberedPeers<P> peers;
    private final PositionSolver solver;
    private final double[] own = new double[PositionSolver.UNKNOWNS];
    private final double[] wanted = new double[PositionSolver.UNKNOWNS];
    private final double[] scratch;
    private Coordinate coordinate;

    /**
     * A node that has measured nothing.
     *
     * @param most how many peers are remembered, at least 1; {@link #improve} takes time in proportion
     * @param random decides where the node begins
     */
    public CoordinateEstimator(int most, RandomStream random) {
        if (most < 1) {
            throw new IllegalArgumentException("at least one peer is remembered, not " + most);
        }
        peers = new RememberedPeers<>(most);
        solver = new PositionSolver(random);
        scratch = new double[most];
        for (int dimension = 0; dimension < Coordinate.DIMENSIONS; dimension++) {
            own[dimension] = random.nextGaussian() * START_SPREAD_MILLIS;
        }
        coordinate = current(Coordinate.LARGEST_ERROR);
    }

    /** Where this node is, to be told to others; always finite and within the ranges of {@link Coordinate}. */
    public Coordinate coordinate() {
        return coordinate;
    }

    /** How many peers' samples are remembered. */
    public int remembered() {
        return peers.size();
    }

    /** The median of the peers' round trips in milliseconds; 0 before the first. */
    public double usualRoundTripMillis() {
        return peers.size() == 0 ? 0 : peers.medianRoundTripMillis(scratch);
    }

    /**
     * Remembers a round trip to a peer. The coordinate does not change before {@link #improve}.
     *
     * @param claimed where the peer says it is
     * @param roundTripNanos 0 and what is below 10 us counts as 10 us; the median of a peer's last three is what is used
     * @return false when it was refused, because the round trip is negative or above 10 s
     */
    public boolean observe(P peer, Coordinate claimed, long roundTripNanos, long nowNanos) {
        if (roundTripNanos < 0 || roundTripNanos > LONGEST_ROUND_TRIP_NANOS) {
            return false;
        }
        int slot = peers.slotOf(peer);
        peers.sample(slot, Math.max(SHORTEST_ROUND_TRIP_MILLIS, roundTripNanos / NANOS_PER_MILLI));
        peers.said(slot, claimed, nowNanos, own);
        return true;
    }

    /** Takes from a message's header where a peer says it is; without effect when no round trip to it is remembered. */
    public void hear(P peer, Coordinate claimed, long nowNanos) {
        int slot = peers.find(peer);
        if (slot >= 0) {
            peers.said(slot, claimed, nowNanos, own);
        }
    }

    /** Forgets a peer that has gone. */
    public void forget(P peer) {
        peers.forget(peer);
    }

    /**
     * Moves the coordinate to where the remembered round trips fit better: at most five steps over at most as many peers as are
     * remembered, some ten microseconds.
     *
     * <p>However wrong samples and claims are, one call moves it by at most {@link #LARGEST_STEP_MILLIS}, and by at most the error of
     * before times twice the median of the remembered round trips (or times 3 ms, if that is more): a node that is sure of its place
     * within 5 % of 100 ms moves by 10 ms.
     */
    public void improve() {
        int count = peers.size();
        if (count == 0) {
            return;
        }
        load(count);
        System.arraycopy(own, 0, wanted, 0, own.length);
        solver.solve(wanted, STEPS);
        double farMillis = Math.max(START_SPREAD_MILLIS, 2 * peers.medianRoundTripMillis(scratch));
        double mostMillis = Math.min(LARGEST_STEP_MILLIS, coordinate.error() * farMillis);
        moveTowards(wanted, mostMillis);
        coordinate = current(errorOf(count));
    }

    private void load(int count) {
        double leastError = Math.max(LEAST_ERROR, peers.medianClaimedError(scratch) / 2);
        solver.clear(count);
        for (int slot = 0; slot < count; slot++) {
            solver.add(
                    peers.places(),
                    slot * PositionSolver.UNKNOWNS,
                    peers.roundTripMillis(slot),
                    weight(slot, leastError));
        }
    }

    private double weight(int slot, double leastError) {
        double roundTripMillis = peers.roundTripMillis(slot);
        double error = Math.max(leastError, peers.claimedError(slot));
        double moved = peers.ownWay(slot, own) / roundTripMillis;
        double told = PositionSolver.distance(own, 0, peers.places(), slot * PositionSolver.UNKNOWNS);
        double doubt = (told / roundTripMillis - 1) / (DOUBTFUL_ERRORS * coordinate.error());
        return 1 / (Math.sqrt(error * error + moved * moved) * (1 + doubt * doubt));
    }

    private void moveTowards(double[] place, double mostMillis) {
        double squares = 0;
        for (int index = 0; index < own.length; index++) {
            squares += (place[index] - own[index]) * (place[index] - own[index]);
        }
        double share = squares > mostMillis * mostMillis ? mostMillis / Math.sqrt(squares) : 1;
        for (int index = 0; index < own.length; index++) {
            double least = index == PositionSolver.HEIGHT ? 0 : -Coordinate.LARGEST_LENGTH_MILLIS;
            double moved = own[index] + share * (place[index] - own[index]);
            own[index] = Math.min(Coordinate.LARGEST_LENGTH_MILLIS, Math.max(least, moved));
        }
    }

    /** The median error of the fit, and the more than that, the fewer round trips there are beyond the unknowns. */
    private float errorOf(int count) {
        double median = RememberedPeers.median(scratch, solver.errors(own, scratch));
        int beyond = count - PositionSolver.UNKNOWNS;
        double corrected =
                beyond > 0 ? Math.max(LEAST_ERROR, median) * Math.sqrt((double) count / beyond) : 1 + 5 * median;
        return (float) Math.min(Coordinate.LARGEST_ERROR, corrected);
    }

    private Coordinate current(float error) {
        float[] position = new float[Coordinate.DIMENSIONS];
        for (int dimension = 0; dimension < position.length; dimension++) {
            position[dimension] = (float) own[dimension];
        }
        return Coordinate.of(position, (float) own[PositionSolver.HEIGHT], error);
    }
}
