package dev.foresail.network.topology;

import dev.foresail.network.random.Hashing;
import java.util.Objects;

/** Bandwidth of wide-area links: limited by either end's access and, on long ways, by the path. Immutable. */
final class AccessBandwidth {
    /** Bytes per second of a node's access in one direction, after the throughput between cloud regions. */
    private static final LogNormalTable ACCESS = LogNormalTable.of(0.8e9, 0.7);
    /** Long paths are slower: bytes per second at a round trip of 1 ms, falling with its square root. */
    private static final double PATH = 13e9;

    private final long nodeKey;

    /** @param nodeKey what the nodes' hashes begin with */
    AccessBandwidth(long nodeKey) {
        this.nodeKey = nodeKey;
    }

    /** Bytes per second from one node to another, whose round trip is given. */
    double bytesPerSecond(int from, int to, double roundTripMillis) {
        return StrictMath.min(PATH / StrictMath.sqrt(roundTripMillis), StrictMath.min(access(from, 0), access(to, 1)));
    }

    private double access(int node, int direction) {
        return ACCESS.at(Hashing.mix(nodeKey + node * 2L + direction));
    }

    /** Whether both are the same endpoint of {@code size}; refuses what is none. */
    static boolean isOneEndpoint(int from, int to, int size) {
        return Objects.checkIndex(from, size) == Objects.checkIndex(to, size);
    }
}
