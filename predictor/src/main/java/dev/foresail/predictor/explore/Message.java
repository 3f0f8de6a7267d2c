package dev.foresail.predictor.explore;

/**
 * A message in flight to one receiver. Interned per receiver: the same sender and content are the same object.
 *
 * @param from the sender's slot
 * @param body read back from the message's canonical bytes, so that nobody else holds it
 */
record Message(int id, int from, Object body, Content content) implements Comparable<Message> {
    /** By sender, then by content: the same in every run. */
    @Override
    public int compareTo(Message other) {
        return from != other.from ? Integer.compare(from, other.from) : content.compareTo(other.content);
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
