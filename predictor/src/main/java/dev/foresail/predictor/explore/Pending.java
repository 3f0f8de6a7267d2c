package dev.foresail.predictor.explore;

import com.dynatrace.hash4j.hashing.HashStream128;

/**
 * What is pending at a node without being part of its local state. Interned per node, immutable.
 *
 * <p>The messages are in flight to it: by sender, and of each sender first those whose order is kept, as they were sent, then the others by content.
 */
record Pending(int id, Body body, Content content) {
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return id;
    }

    /**
     * What is pending.
     *
     * @param broken a bit per peer's slot to which the connection is broken without the node's having noticed
     * @param offersLeft how often each offer to this node is left
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Body(Message[] messages, long broken, int[] offersLeft) {
        /** @param stream that is empty, and used up then */
        Content content(HashStream128 stream) {
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
            return others == messages ? this : new Body(others, broken, offersLeft);
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

    Message[] messages() {
        return body.messages;
    }

    long broken() {
        return body.broken;
    }

    int[] offersLeft() {
        return body.offersLeft;
    }
}
