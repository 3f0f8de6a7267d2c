package dev.foresail.eval.layercost;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.Service;

/** Messages to any node. */
@Service
public interface Routing {
    void route(NodeId to, Record message);

    /** What users are told. */
    interface Upcalls {
        void routed(NodeId from, Record message);
    }
}
