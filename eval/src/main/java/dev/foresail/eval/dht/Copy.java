package dev.foresail.eval.dht;

import dev.foresail.choice.NodeId;

/**
 * A value as nodes keep it.
 *
 * @param number of two copies of a key the one with the greater number is the newer one; a time on the clock of the node that was the key's root, or more
 * @param root that node; of two with the same number the one with the greater root counts as newer
 */
public record Copy(long number, NodeId root, long value) {
    boolean isNewerThan(Copy other) {
        return number > other.number || number == other.number && root.compareTo(other.root) > 0;
    }
}
