package dev.foresail.eval.layercost;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.Service;

/** Messages between neighbours. */
@Service
public interface Framing {
    void transmit(NodeId to, Record message);

    /** What users are told. */
    interface Upcalls {
        void transmitted(NodeId from, Record message);
    }
}
