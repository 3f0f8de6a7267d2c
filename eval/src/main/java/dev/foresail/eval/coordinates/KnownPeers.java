package dev.foresail.eval.coordinates;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.Memory;
import dev.foresail.network.coordinate.Coordinate;
import dev.foresail.network.measure.MeasuredLink;
import dev.foresail.network.plane.NetworkKnowledge;
import dev.foresail.network.plane.PlaneSettings;
import dev.foresail.network.random.RandomStream;
import dev.foresail.steering.cli.Experiment;
import java.lang.ref.Reference;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code foresail eval known-peers}: what a process keeps of the heap that knows 10,000 peers, each measured several times: what a full
 * collection leaves with the knowledge, less what one left before.
 */
public final class KnownPeers implements Experiment {
    static final int PEERS = 10_000;
    private static final double MOST_MEBIBYTES = 10;
    private static final int ROUNDS = 4;
    private static final long MILLI_NANOS = 1_000_000L;
    private static final long ROUND_NANOS = 100_000 * MILLI_NANOS;
    private static final long BATCH_BYTES = 50_000;
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;

    /** What is known of every peer, besides its round trip. */
    enum Extent {
        ROUND_TRIPS(false, false),
        ROUND_TRIPS_AND_PLACES(true, false),
        EVERYTHING(true, true);

        private final boolean places;
        private final boolean traffic;

        Extent(boolean places, boolean traffic) {
            this.places = places;
            this.traffic = traffic;
        }
    }

    @Override
    public String name() {
        return "known-peers";
    }

    @Override
    public String summary() {
        return "what knowing 10,000 measured peers takes of the heap";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.noneOf(Option.class);
    }

    @Override
    public Report run(Options options) {
        // The first time loads classes and makes tables, which stay.
        double all = heldBytes(Extent.EVERYTHING);
        Map<String, Object> bytesPerPeer = new LinkedHashMap<>();
        for (Extent extent : Extent.values()) {
            all = heldBytes(extent);
            bytesPerPeer.put(extent.name(), all / PEERS);
        }
        List<Bar> bars = new Bars()
                .below(
                        "heap of 10,000 peers, each with round trip, loss, rate and coordinate",
                        all / BYTES_PER_MEBIBYTE,
                        "MiB",
                        MOST_MEBIBYTES)
                .all();
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("peers", PEERS);
        results.put("bytesPerPeer", bytesPerPeer);
        return new Report(0, bars, results, List.of(options.command(this)));
    }

    /** NaN when the JVM does not collect on request. */
    private static double heldBytes(Extent extent) {
        double before = liveBytes();
        NetworkKnowledge<NodeId> knowledge = filled(extent);
        try {
            return liveBytes() - before;
        } finally {
            Reference.reachabilityFence(knowledge);
        }
    }

    private static double liveBytes() {
        return Memory.sample().map(sample -> (double) sample.liveHeapBytes()).orElse(Double.NaN);
    }

    /** Each peer was measured several times, minutes apart, so that its changes are known; nothing is under way. */
    static NetworkKnowledge<NodeId> filled(Extent extent) {
        NetworkKnowledge<NodeId> knowledge =
                new NetworkKnowledge<>(PlaneSettings.DEFAULT, RandomStream.of(1, "known peers"));
        knowledge.serve(NodeId.of(0));
        for (int round = 0; round < ROUNDS; round++) {
            for (int number = 1; number <= PEERS; number++) {
                long nowNanos = round * ROUND_NANOS + number * MILLI_NANOS;
                measure(knowledge, NodeId.of(number), (20 + (number + round) % 50) * MILLI_NANOS, extent, nowNanos);
            }
        }
        return knowledge;
    }

    private static void measure(
            NetworkKnowledge<NodeId> knowledge, NodeId peer, long roundTripNanos, Extent extent, long nowNanos) {
        MeasuredLink link = knowledge.plane().link(peer, nowNanos);
        if (extent.traffic) {
            link.sent(BATCH_BYTES, false, nowNanos);
        }
        long answeredNanos = nowNanos + roundTripNanos;
        link.roundTrip(roundTripNanos, 0, false, answeredNanos);
        if (extent.places) {
            knowledge.hear(peer, place(peer), answeredNanos);
        }
        if (extent.traffic) {
            link.acknowledged(BATCH_BYTES, answeredNanos);
            link.outcome(50, peer.value() % 2, answeredNanos);
        }
    }

    private static Coordinate place(NodeId peer) {
        float[] position = new float[Coordinate.DIMENSIONS];
        position[(int) (peer.value() % position.length)] = peer.value() % 100;
        return Coordinate.of(position, 1, 0.1f);
    }
}
