package dev.foresail.predictor.node;

/**
 * A message that was sent over a connection that is broken since: it may have been received or not.
 *
 * @param connection the sender's number of that connection
 * @param sequence its place among the messages over it, from 1
 */
public record PossiblyDelivered(long connection, long sequence, Object message) {
    /**
     * Whether a receiver that has heard {@code received} messages over the sender's connection {@code heard}, and nothing of
     * a later one, may get it yet.
     */
    boolean isOpen(long heard, long received) {
        return connection > heard || connection == heard && sequence > received;
    }

    boolean isBefore(PossiblyDelivered other) {
        return connection < other.connection || connection == other.connection && sequence < other.sequence;
    }
}
