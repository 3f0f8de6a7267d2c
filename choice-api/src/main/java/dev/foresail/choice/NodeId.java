package dev.foresail.choice;

/**
 * The name of a node: a number, unique in the system and kept over restarts. Ids are totally ordered by their value,
 * negative ones are refused. Immutable.
 *
 * @param value the number, at least 0
 */
public record NodeId(long value) implements Comparable<NodeId> {
    public NodeId {
        if (value < 0) {
            throw new IllegalArgumentException("a node id is at least 0, not " + value);
        }
    }

    public static NodeId of(long value) {
        return new NodeId(value);
    }

    @Override
    public int compareTo(NodeId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "n" + value;
    }
}
