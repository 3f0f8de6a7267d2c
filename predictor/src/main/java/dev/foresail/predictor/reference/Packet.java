package dev.foresail.predictor.reference;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import java.util.Arrays;

/**
 * A message under way, frozen: it was encoded and read again, so that it shares nothing with its sender's state. Ordered
 * by sender, then canonical bytes. Immutable.
 */
final class Packet implements Comparable<Packet> {
    private final NodeId from;
    private final Object message;
    private final byte[] bytes;
    private final boolean isDatagram;

    private Packet(NodeId from, Object message, byte[] bytes, boolean isDatagram) {
        this.from = from;
        this.message = message;
        this.bytes = bytes;
        this.isDatagram = isDatagram;
    }

    static Packet freeze(Machine<?> machine, NodeId from, Object message) {
        StateWriter out = new StateWriter();
        machine.writeMessage(message, out);
        byte[] bytes = out.toByteArray();
        return new Packet(from, machine.readMessage(new StateReader(bytes)), bytes, machine.isDatagram(message));
    }

    NodeId from() {
        return from;
    }

    Object message() {
        return message;
    }

    /** Whether it goes outside of connections, whatever the network. */
    boolean isDatagram() {
        return isDatagram;
    }

    Event.Delivery delivery() {
        return new Event.Delivery(from, message);
    }

    void write(StateWriter out) {
        out.writeNodeId(from);
        out.writeBytes(bytes);
    }

    @Override
    public int compareTo(Packet other) {
        int bySender = from.compareTo(other.from);
        return bySender != 0 ? bySender : Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Packet packet && compareTo(packet) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * from.hashCode() + Arrays.hashCode(bytes);
    }
}
