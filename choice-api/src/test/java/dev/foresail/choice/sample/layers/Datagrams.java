package dev.foresail.choice.sample.layers;

import dev.foresail.choice.Caller;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.Service;

/** Messages that are sent until they arrive or there is no hope. */
@Service
public interface Datagrams {
    /** @return the number of messages that wait for an answer */
    int post(NodeId to, Record payload);

    /** What users are told. */
    interface Upcalls {
        void received(NodeId from, Record payload);

        /** Whoever has sent it is told that it was in vain. */
        void lost(@Caller String layer, NodeId to);

        /** All users are told. */
        void quiet();
    }
}
