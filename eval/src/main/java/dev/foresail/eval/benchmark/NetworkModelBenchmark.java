package dev.foresail.eval.benchmark;

import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.Figure;
import dev.foresail.network.plane.InformationPlane;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What the information plane costs with 10,000 known peers: a round trip on the event loop, a question of a prediction. What
 * such a plane keeps of the heap is measured by {@code foresail eval known-peers}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NetworkModelBenchmark {
    private static final int PEERS = 10_000;
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    /** Prime to the number of peers, so that all are met and no two neighbours in memory one after the other. */
    private static final int STRIDE = 7_919;

    private static final NodeId SELF = NodeId.of(PEERS);

    private final NodeId[] peers = new NodeId[PEERS];
    private final InformationPlane<NodeId> plane;
    private int at;
    private long nowNanos;

    public NetworkModelBenchmark() {
        for (int peer = 0; peer < PEERS; peer++) {
            peers[peer] = NodeId.of(peer);
        }
        plane = filled();
    }

    /** Each peer was measured three times, minutes apart, so that its changes are known. */
    private InformationPlane<NodeId> filled() {
        InformationPlane<NodeId> filled = new InformationPlane<>(SELF);
        for (int round = 0; round < 3; round++) {
            nowNanos += 100 * SECOND;
            for (int peer = 0; peer < PEERS; peer++) {
                filled.roundTrip(peers[peer], (20 + (peer + round) % 50) * MILLI, nowNanos);
            }
        }
        return filled;
    }

    private NodeId next() {
        at = (at + STRIDE) % PEERS;
        return peers[at];
    }

    /** One round trip of any of the peers; each is measured some ten times a second. */
    @Benchmark
    public void roundTripSample() {
        nowNanos += 10_000;
        plane.roundTrip(next(), 30 * MILLI, nowNanos);
    }

    /** One question for the latency to a peer that was measured a while ago. */
    @Benchmark
    public Figure latencyQuery() {
        return plane.latencyNanos(SELF, next(), nowNanos + 10 * SECOND);
    }

    /** One question for the latency of a pair that nobody has measured. */
    @Benchmark
    public Figure unmeasuredQuery() {
        return plane.latencyNanos(next(), peers[0], nowNanos);
    }

    /** Getting to know one peer; what is allocated for it, per peer, is more than what of it is kept. */
    @Benchmark
    @OperationsPerInvocation(PEERS)
    public InformationPlane<NodeId> tenThousandPeers() {
        InformationPlane<NodeId> filled = new InformationPlane<>(SELF);
        for (NodeId peer : peers) {
            filled.roundTrip(peer, 30 * MILLI, nowNanos);
        }
        return filled;
    }
}
