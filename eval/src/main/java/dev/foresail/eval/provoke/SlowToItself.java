package dev.foresail.eval.provoke;

import dev.foresail.network.topology.Topology;
import java.time.Duration;

/** Links on which a message from a node to itself takes its time, as on a machine that has much else to do. */
record SlowToItself(Topology links) implements Topology {
    static final Duration DELAY = Duration.ofSeconds(1);

    @Override
    public int size() {
        return links.size();
    }

    @Override
    public long latencyNanos(int from, int to) {
        return from == to ? DELAY.toNanos() : links.latencyNanos(from, to);
    }

    @Override
    public double bandwidthBytesPerSecond(int from, int to) {
        return links.bandwidthBytesPerSecond(from, to);
    }

    @Override
    public double lossProbability(int from, int to) {
        return links.lossProbability(from, to);
    }

    @Override
    public double jitterFraction(int from, int to) {
        return from == to ? 0 : links.jitterFraction(from, to);
    }
}
