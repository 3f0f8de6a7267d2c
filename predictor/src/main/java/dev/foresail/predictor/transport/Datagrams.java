package dev.foresail.predictor.transport;

import dev.foresail.choice.Above;
import dev.foresail.choice.Datagram;
import dev.foresail.choice.From;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.Protocol;

/** Messages as datagrams, UDP on live nodes: each may be lost or overtake others, and nobody is told. */
@Protocol(value = "datagrams", provides = Transport.class)
public final class Datagrams {
    @Datagram
    public record Packet(Record message) {}

    @Above
    Transport.Upcalls above;

    @OnDowncall
    void send(NodeId to, Record message, Node node) {
        node.send(to, new Packet(message));
    }

    @OnMessage
    void received(Packet packet, @From NodeId from) {
        above.received(from, packet.message());
    }
}
