package dev.foresail.predictor.transport;

import dev.foresail.choice.Above;
import dev.foresail.choice.From;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.Protocol;

/** Messages over connections, TCP on live nodes: in the order of sending, each once, until the connection breaks, which is told at once. */
@Protocol(value = "streams", provides = Transport.class)
public final class Streams {
    public record Segment(Record message) {}

    @Above
    Transport.Upcalls above;

    @OnDowncall
    void send(NodeId to, Record message, Node node) {
        node.send(to, new Segment(message));
    }

    @OnMessage
    void received(Segment segment, @From NodeId from) {
        above.received(from, segment.message());
    }

    @OnConnectionError
    void failed(NodeId peer) {
        above.failed(peer);
    }
}
