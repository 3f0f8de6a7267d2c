package dev.foresail.predictor.reference;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.model.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages in flight to one node. Immutable: each method gives a changed copy.
 *
 * <p>One list serves all networks: with {@link Network#ORDERED} it holds the senders' queues one after the other, each with the sender's datagrams behind it
 * sorted; with {@code UNORDERED} it is sorted, with {@code DUPLICATING} sorted and without repetitions.
 */
final class InFlight {
    private final Network network;
    private final List<Packet> packets;

    private InFlight(Network network, List<Packet> packets) {
        this.network = network;
        this.packets = packets;
    }

    static InFlight none(Network network) {
        return new InFlight(network, List.of());
    }

    List<Packet> packets() {
        return packets;
    }

    /** What may be delivered next, by sender, then by canonical bytes. */
    List<Packet> deliverable() {
        List<Packet> deliverable = new ArrayList<>();
        for (int index = 0; index < packets.size(); index++) {
            if (index == 0 || isNextChoice(packets.get(index - 1), packets.get(index))) {
                deliverable.add(packets.get(index));
            }
        }
        return deliverable;
    }

    private boolean isNextChoice(Packet before, Packet packet) {
        return isInOrder(packet) ? !before.from().equals(packet.from()) : !before.equals(packet);
    }

    /** Whether it is in its sender's queue. */
    boolean isInOrder(Packet packet) {
        return network == Network.ORDERED && !packet.isDatagram();
    }

    InFlight with(Packet packet) {
        int index = 0;
        while (index < packets.size() && isBefore(packets.get(index), packet)) {
            index++;
        }
        if (network == Network.DUPLICATING
                && index > 0
                && packets.get(index - 1).equals(packet)) {
            return this;
        }
        List<Packet> changed = new ArrayList<>(packets);
        changed.add(index, packet);
        return new InFlight(network, changed);
    }

    private boolean isBefore(Packet present, Packet packet) {
        int bySender = present.from().compareTo(packet.from());
        if (bySender != 0) {
            return bySender < 0;
        }
        return isInOrder(present) || !isInOrder(packet) && present.compareTo(packet) <= 0;
    }

    /** After a delivery: with {@link Network#DUPLICATING} the message stays. */
    InFlight delivered(Packet packet) {
        return network == Network.DUPLICATING ? this : without(packet);
    }

    /** Without the first message that equals {@code packet}. */
    InFlight without(Packet packet) {
        List<Packet> changed = new ArrayList<>(packets);
        changed.remove(packet);
        return new InFlight(network, changed);
    }

    /** Without the queue of that sender. */
    InFlight withoutSender(NodeId sender) {
        List<Packet> changed = new ArrayList<>(packets);
        changed.removeIf(packet -> packet.from().equals(sender) && isInOrder(packet));
        return new InFlight(network, changed);
    }

    /** Without all queues. */
    InFlight withoutQueues() {
        List<Packet> changed = new ArrayList<>(packets);
        changed.removeIf(this::isInOrder);
        return new InFlight(network, changed);
    }

    void write(StateWriter out) {
        out.writeSize(packets.size());
        packets.forEach(packet -> packet.write(out));
    }
}
