package dev.foresail.predictor.transport;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.Service;

/** Gets messages to nodes; how sure and in which order depends on who provides it. */
@Service
public interface Transport {
    void send(NodeId to, Record message);

    interface Upcalls {
        void received(NodeId from, Record message);

        /**
         * What was sent to the node and has not been received by now will not be, as far as this node can know, or its start to which it was sent has ended. A
         * transport that gives no guarantee never says so.
         */
        void failed(NodeId to);
    }
}
