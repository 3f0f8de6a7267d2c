package dev.foresail.choice.sample.layers;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.Service;
import java.util.List;

/** Counts who is there. */
@Service
public interface Census {
    void count(List<NodeId> nodes);

    /** What it has come to. */
    interface Upcalls {
        void counted(int present);
    }
}
