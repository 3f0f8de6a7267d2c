package dev.foresail.predictor.explore;

import com.dynatrace.hash4j.hashing.HashStream128;

/**
 * What is pending at a node without being part of its local state. Interned per node, immutable.
 *
 * <p>The messages are in flight to it: by sender, and of each sender in the order of sending where the network keeps that,
 * else by content.
 *
 * @param broken a bit per peer's slot to which the connection is broken without the node's having noticed
 * @param offersLeft how often each offer to this node is left
 */
@SuppressWarnings("ArrayRecordComponent") // interned by content, compared by identity
record Pending(int id, Message[] messages, long broken, int[] offersLeft, Content content) {
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return id;
    }

    /** What there is before it is interned. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Body(Message[] messages, long broken, int[] offersLeft) {
        Content content() {
            HashStream128 stream = Content.stream();
            stream.putInt(messages.length);
            for (Message message : messages) {
                message.content().putInto(stream);
            }
            stream.putLong(broken);
            for (int left : offersLeft) {
                stream.putInt(left);
            }
            return Content.of(stream);
        }

        Body withMessages(Message[] others) {
            return new Body(others, broken, offersLeft);
        }

        Body withBroken(int peer) {
            return new Body(messages, broken | 1L << peer, offersLeft);
        }

        Body withoutBroken(int peer) {
            return new Body(messages, broken & ~(1L << peer), offersLeft);
        }

        Body withOfferTaken(int offer) {
            int[] left = offersLeft.clone();
            left[offer]--;
            return new Body(messages, broken, left);
        }
    }

    /** Whether it has just this; may say no when it has. */
    boolean isSurely(Body body) {
        return messages == body.messages && broken == body.broken && offersLeft == body.offersLeft;
    }

    Body body() {
        return new Body(messages, broken, offersLeft);
    }
}
