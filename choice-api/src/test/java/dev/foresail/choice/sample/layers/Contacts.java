package dev.foresail.choice.sample.layers;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.Service;

/** Whom the node deals with. */
@Service
public interface Contacts {
    void deal(NodeId with);

    interface Upcalls {
        void gone(NodeId contact);
    }
}
