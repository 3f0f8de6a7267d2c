package dev.foresail.network.topology;

import dev.foresail.network.random.Hashing;
import java.util.Optional;

/** Another topology with its own jitter or loss. Immutable and thread-safe. */
final class DisturbedTopology extends AlteredTopology {
    private final Optional<LogNormalTable> jitter;
    private final Optional<Loss> loss;
    private final long pairKey;

    DisturbedTopology(Topology before, Optional<LogNormalTable> jitter, Optional<Loss> loss, long pairKey) {
        super(before);
        this.jitter = jitter;
        this.loss = loss;
        this.pairKey = pairKey;
    }

    @Override
    public double jitterFraction(int from, int to) {
        if (jitter.isEmpty()) {
            return super.jitterFraction(from, to);
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
            return super.lossProbability(from, to);
        }
        return AccessBandwidth.isOneEndpoint(from, to, size()) ? 0 : loss.get().rate();
    }

    @Override
    public double lossProbability(int from, int to, long nowNanos) {
        return loss.isPresent() ? lossProbability(from, to) : super.lossProbability(from, to, nowNanos);
    }

    @Override
    public double lossBurst(int from, int to, long nowNanos) {
        return loss.isPresent() ? lossBurst(from, to) : super.lossBurst(from, to, nowNanos);
    }

    @Override
    public double lossBurst(int from, int to) {
        return loss.isPresent() ? loss.get().burst() : super.lossBurst(from, to);
    }
}
