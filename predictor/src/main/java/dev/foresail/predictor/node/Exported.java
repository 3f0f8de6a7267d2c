package dev.foresail.predictor.node;

import java.util.List;

/**
 * The last aggregates that a neighbour exported.
 *
 * @param received the sequence number of this node's last message that the values have seen
 * @param values one value per aggregate, in the order of {@code Machine.aggregates()}
 * @param atNanos when they arrived, by the clock of the node that keeps them
 */
public record Exported(long received, List<Object> values, long atNanos) {
    public Exported {
        values = List.copyOf(values);
    }
}
