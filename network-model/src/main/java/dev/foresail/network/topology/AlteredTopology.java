package dev.foresail.network.topology;

import java.util.List;

/** Another topology as it is; what is to be different is overridden. Immutable and thread-safe. */
abstract class AlteredTopology implements Topology {
    private final Topology before;

    AlteredTopology(Topology before) {
        this.before = before;
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
    public double lossProbability(int from, int to) {
        return before.lossProbability(from, to);
    }

    @Override
    public double lossBurst(int from, int to) {
        return before.lossBurst(from, to);
    }

    @Override
    public double lossProbability(int from, int to, long nowNanos) {
        return before.lossProbability(from, to, nowNanos);
    }

    @Override
    public double lossBurst(int from, int to, long nowNanos) {
        return before.lossBurst(from, to, nowNanos);
    }

    @Override
    public double jitterFraction(int from, int to) {
        return before.jitterFraction(from, to);
    }

    @Override
    public List<LinkChange.Failure> failures() {
        return before.failures();
    }

    @Override
    public boolean hasQueues() {
        return before.hasQueues();
    }

    @Override
    public double uplinkBytesPerSecond(int endpoint, long nowNanos) {
        return before.uplinkBytesPerSecond(endpoint, nowNanos);
    }

    @Override
    public double downlinkBytesPerSecond(int endpoint, long nowNanos) {
        return before.downlinkBytesPerSecond(endpoint, nowNanos);
    }

    @Override
    public Regions regions() {
        return before.regions();
    }
}
