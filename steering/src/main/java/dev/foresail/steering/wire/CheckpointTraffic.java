package dev.foresail.steering.wire;

import java.util.concurrent.atomic.LongAdder;

/** What a node's connections have brought of checkpoints (requests, answers and refusals), and saved. Thread-safe. */
public final class CheckpointTraffic {
    private final LongAdder bytesReceived = new LongAdder();
    private final LongAdder differences = new LongAdder();
    private final LongAdder bytesSaved = new LongAdder();

    void received(int bytes) {
        bytesReceived.add(bytes);
    }

    void difference(int saved) {
        differences.increment();
        bytesSaved.add(saved);
    }

    /** Bytes of frames, their lengths included. */
    public long bytesReceived() {
        return bytesReceived.sum();
    }

    /** How many checkpoints were sent as differences, or compressed. */
    public long differences() {
        return differences.sum();
    }

    /** How many bytes shorter these were than the checkpoints themselves. */
    public long bytesSaved() {
        return bytesSaved.sum();
    }
}
