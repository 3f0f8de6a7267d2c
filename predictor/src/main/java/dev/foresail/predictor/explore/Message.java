package dev.foresail.predictor.explore;

import java.util.Arrays;

/**
 * A message in flight to one receiver. Interned per receiver: the same sender and content are the same object.
 *
 * @param from the sender's slot, or the number of a stranger ({@link Interning#sender})
 * @param rank the sender's place among all senders, strangers included, in the order of their ids
 * @param isInOrder whether it goes over a connection that keeps the order: neither a datagram nor in a network without order
 * @param body read back from {@code bytes}, so that nobody else holds it
 * @param bytes its canonical bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity and by order
record Message(int id, int from, int rank, boolean isInOrder, Object body, byte[] bytes, Content content)
        implements Comparable<Message> {
    /** By sender, then by canonical bytes: the same in every run. */
    @Override
    public int compareTo(Message other) {
        return rank != other.rank ? Integer.compare(rank, other.rank) : Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return id;
    }
}
