package dev.foresail.choice.sample.layers;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.Service;
import java.util.List;

/** Finds the node that has a key. */
@Service
public interface KeyRouting {
    void route(long key, Record message);

    /** Whether this node has the key. */
    boolean isRoot(long key);

    /** The nodes that a message may go to next. */
    List<NodeId> hops();

    /** What users are told. */
    interface Upcalls {
        void deliver(long key, Record message);

        /** Whether the message may go on by way of this node. */
        boolean forward(long key, Record message);
    }
}
