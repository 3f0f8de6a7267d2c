package dev.foresail.network.topology;

/**
 * Another topology whose messages wait for each other ({@link Topology#hasQueues}), with the same access for every endpoint. Immutable and
 * thread-safe.
 */
public final class QueuedTopology extends AlteredTopology {
    private final double uplinkBytesPerSecond;
    private final double downlinkBytesPerSecond;

    /**
     * @param before latencies, losses, and the bandwidth of each link between two endpoints
     * @param uplinkBytesPerSecond above 0; {@link Double#POSITIVE_INFINITY} is unlimited
     * @param downlinkBytesPerSecond above 0; {@link Double#POSITIVE_INFINITY} is unlimited
     */
    public QueuedTopology(Topology before, double uplinkBytesPerSecond, double downlinkBytesPerSecond) {
        super(before);
        if (!(uplinkBytesPerSecond > 0 && downlinkBytesPerSecond > 0)) {
            throw new IllegalArgumentException("an access carries more than 0 bytes per second, not "
                    + uplinkBytesPerSecond + " out and " + downlinkBytesPerSecond + " in");
        }
        this.uplinkBytesPerSecond = uplinkBytesPerSecond;
        this.downlinkBytesPerSecond = downlinkBytesPerSecond;
    }

    @Override
    public boolean hasQueues() {
        return true;
    }

    @Override
    public double uplinkBytesPerSecond(int endpoint, long nowNanos) {
        return uplinkBytesPerSecond;
    }

    @Override
    public double downlinkBytesPerSecond(int endpoint, long nowNanos) {
        return downlinkBytesPerSecond;
    }
}
