package dev.foresail.eval.layercost;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.Service;

/** Messages with numbers. */
@Service
public interface Sessions {
    void say(NodeId to, Record message);

    /** What users are told. */
    interface Upcalls {
        void said(NodeId from, Record message);
    }
}
