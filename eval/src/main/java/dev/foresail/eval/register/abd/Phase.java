package dev.foresail.eval.register.abd;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.register.abd.AbdMessages.Stamped;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** How far a server is with the request {@code id} of a client. Immutable. */
public sealed interface Phase {
    /**
     * It asks the others what they have.
     *
     * @param written what is to be written; of a read empty
     */
    record Querying(int id, NodeId client, Optional<String> written, SortedMap<NodeId, Stamped> responses)
            implements Phase {
        public Querying {
            responses = Collections.unmodifiableSortedMap(new TreeMap<>(responses));
        }
    }

    /**
     * It tells the others what to keep.
     *
     * @param read what was read; of a write empty
     */
    record Storing(int id, NodeId client, Optional<String> read, SortedSet<NodeId> acknowledged) implements Phase {
        public Storing {
            acknowledged = Collections.unmodifiableSortedSet(new TreeSet<>(acknowledged));
        }
    }
}
