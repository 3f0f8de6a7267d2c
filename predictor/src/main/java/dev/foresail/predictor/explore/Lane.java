package dev.foresail.predictor.explore;

import dev.foresail.choice.machine.StateWriter;
import java.util.Comparator;
import java.util.Optional;

/**
 * Messages in flight that are delivered one after the other: those of a sender whose order is kept, else those that are equal.
 *
 * @param message what they are, where their order is not kept
 */
record Lane(int receiver, int from, Optional<Message> message) implements Comparable<Lane> {
    private static final Comparator<Message> BY_CONTENT = Comparator.naturalOrder();

    /** The same in every run. */
    @Override
    public int compareTo(Lane other) {
        if (receiver != other.receiver) {
            return Integer.compare(receiver, other.receiver);
        }
        if (from != other.from || message.isEmpty() || other.message.isEmpty()) {
            int bySender = Integer.compare(from, other.from);
            return bySender != 0 ? bySender : Boolean.compare(message.isPresent(), other.message.isPresent());
        }
        return BY_CONTENT.compare(message.get(), other.message.get());
    }

    /** Whether it is a connection, whose messages are delivered as they were sent. */
    boolean isInOrder() {
        return message.isEmpty();
    }

    void write(StateWriter out) {
        out.writeInt(receiver);
        out.writeInt(from);
        out.writeBoolean(message.isPresent());
        message.ifPresent(some -> out.writeBytes(some.bytes()));
    }
}
