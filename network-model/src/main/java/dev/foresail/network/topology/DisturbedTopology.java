package dev.foresail.network.topology;

import dev.foresail.network.random.Hashing;
import java.util.List;
import java.util.Optional;

/** Another topology with its own jitter or loss. Immutable and thread-safe. */
final class DisturbedTopology implements Topology {
    private final Topology before;
    private final Optional<LogNormalTable> jitter;
    private final Optional<Loss> loss;
    private final long pairKey;

    DisturbedTopology(Topology before, Optional<LogNormalTable> jitter, Optional<Loss> loss, long pairKey) {
        this.before = before;
        this.jitter = jitter;
        this.loss = loss;
        this.pairKey = pairKey;
    }

    @Override
    public int size() {
        return before.size();
    }

    @Override
    public long latencyNanos(int from, int to) {
        return before.latencyNanos(from, to);
    }

    @Override
    public long latencyNanos(int from, int to, long nowNanos) {
        return before.latencyNanos(from, to, nowNanos);
    }

    @Override
    public double bandwidthBytesPerSecond(int from, int to) {
        return before.bandwidthBytesPerSecond(from, to);
    }

    @Override
    public double bandwidthBytesPerSecond(int from, int to, long nowNanos) {
        return before.bandwidthBytesPerSecond(from, to, nowNanos);
    }

    @Override
    public double jitterFraction(int from, int to) {
        if (jitter.isEmpty()) {
            return before.jitterFraction(from, to);
        }
        if (AccessBandwidth.isOneEndpoint(from, to, size())) {
            return 0;
        }
        long smaller = StrictMath.min(from, to);
        long larger = StrictMath.max(from, to);
        return jitter.get().at(Hashing.mix(pairKey + Hashing.mix(smaller << 32 | larger)));
    }

    @Override
    public double lossProbability(int from, int to) {
        if (loss.isEmpty()) {
            return before.lossProbability(from, to);
        }
        return AccessBandwidth.isOneEndpoint(from, to, size()) ? 0 : loss.get().rate();
    }

    @Override
    public double lossBurst(int from, int to) {
        return loss.isPresent() ? loss.get().burst() : before.lossBurst(from, to);
    }

    @Override
    public List<LinkChange.Failure> failures() {
        return before.failures();
    }
}
