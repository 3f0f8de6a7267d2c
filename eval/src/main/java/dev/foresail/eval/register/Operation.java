package dev.foresail.eval.register;

import dev.foresail.choice.NodeId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An operation of a client, under way or completed. Immutable.
 *
 * @param value what is written, or what was read; of a read under way {@link RegisterMessages#UNWRITTEN}
 * @param precededBy of every other client that had completed one when this began, the index of the last
 */
public record Operation(Kind kind, String value, SortedMap<NodeId, Integer> precededBy, boolean isCompleted) {
    /** What an operation does. */
    public enum Kind {
        WRITE,
        READ
    }

    public Operation {
        precededBy = Collections.unmodifiableSortedMap(new TreeMap<>(precededBy));
    }

    Operation completed(String result) {
        return new Operation(kind, kind == Kind.READ ? result : value, precededBy, true);
    }
}
