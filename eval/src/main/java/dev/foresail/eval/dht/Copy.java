package dev.foresail.eval.dht;

import dev.foresail.choice.NodeId;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A value as nodes keep it. Immutable.
 *
 * @param number the greater one is of the newer copy, where neither knows the put of the other; a time on the clock of the node that was the key's root, or more
 * @param root that node; of two with the same number the one with the greater root counts as newer
 * @param put where the value is from
 * @param requests the highest number of a put that it has seen, by client: a put that comes once more is known by it
 */
public record Copy(long number, NodeId root, HashTable.Put put, SortedMap<NodeId, Long> requests) {
    public Copy {
        requests = Collections.unmodifiableSortedMap(new TreeMap<>(requests));
    }

    /** What a root has that knows of nothing else. */
    static Copy of(long number, NodeId root, HashTable.Put put) {
        SortedMap<NodeId, Long> requests = new TreeMap<>();
        requests.put(put.client(), put.request());
        return new Copy(number, root, put, requests);
    }

    long value() {
        return put.value();
    }

    /** Whether this put, or a later one of its client, is in it or was replaced by it. */
    boolean knows(HashTable.Put other) {
        return Optional.ofNullable(requests.get(other.client()))
                .filter(number -> number >= other.request())
                .isPresent();
    }

    /** A root that has only just come gives a great number to a put that is repeated, though others have replaced it since. */
    boolean isNewerThan(Copy other) {
        boolean isSuccessor = knows(other.put);
        if (isSuccessor != other.knows(put)) {
            return isSuccessor;
        }
        return number > other.number || number == other.number && root.compareTo(other.root) > 0;
    }

    /** The newer value, and what both have seen. */
    Copy with(Copy other) {
        SortedMap<NodeId, Long> both = new TreeMap<>(requests);
        other.requests.forEach((client, request) -> both.merge(client, request, Math::max));
        Copy newer = other.isNewerThan(this) ? other : this;
        return new Copy(newer.number, newer.root, newer.put, both);
    }
}
