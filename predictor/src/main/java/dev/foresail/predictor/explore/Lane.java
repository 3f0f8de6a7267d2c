package dev.foresail.predictor.explore;

import dev.foresail.choice.machine.StateWriter;
import java.util.Comparator;
import java.util.Optional;

/**
 * Messages in flight that are delivered one after the other: those of a sender where the network keeps their order, else
 * those that are equal.
 *
 * @param message what they are, where the network does not keep the order
 */
record Lane(int receiver, int from, Optional<Message> message) implements Comparable<Lane> {
    private static final Comparator<Message> BY_CONTENT = Comparator.naturalOrder();

    /** The same in every run. */
    @Override
    public int compareTo(Lane other) {
        if (receiver != other.receiver) {
            return Integer.compare(receiver, other.receiver);
        }
        boolean both = message.isPresent() && other.message.isPresent();
        return both ? BY_CONTENT.compare(message.get(), other.message.get()) : Integer.compare(from, other.from);
    }

    void write(StateWriter out) {
        out.writeInt(receiver);
        out.writeInt(from);
        out.writeBoolean(message.isPresent());
        message.ifPresent(some -> out.writeBytes(some.bytes()));
    }
}
