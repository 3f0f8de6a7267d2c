package dev.foresail.predictor.explore;

import dev.foresail.predictor.model.Network;
import java.util.Arrays;
import java.util.List;

/** What a kind of network does to the messages in flight to one node. Pure functions. */
final class Flights {
    private final Network network;

    Flights(Network network) {
        this.network = network;
    }

    /** The places of the messages that may be delivered next. */
    int[] deliverable(Message[] messages) {
        int[] places = new int[messages.length];
        int count = 0;
        for (int place = 0; place < messages.length; place++) {
            Message message = messages[place];
            boolean isNext = place == 0
                    || (message.isInOrder()
                            ? message.from() != messages[place - 1].from()
                            : !message.equals(messages[place - 1]));
            if (isNext) {
                places[count++] = place;
            }
        }
        return Arrays.copyOf(places, count);
    }

    /** After the delivery of the message at {@code place}. */
    Message[] delivered(Message[] messages, int place) {
        return network == Network.DUPLICATING ? messages : without(messages, place);
    }

    /** After the message at {@code place} was lost. */
    Message[] without(Message[] messages, int place) {
        Message[] rest = new Message[messages.length - 1];
        System.arraycopy(messages, 0, rest, 0, place);
        System.arraycopy(messages, place + 1, rest, place, rest.length - place);
        return rest;
    }

    /**
     * With {@code news}, which were sent in this order.
     *
     * @param messages in order, as this made them
     */
    Message[] arrived(Message[] messages, List<Message> news) {
        Message[] all = Arrays.copyOf(messages, messages.length + news.size());
        int count = messages.length;
        for (Message message : news) {
            int place = placeOf(message, all, count);
            boolean there = network == Network.DUPLICATING && place > 0 && all[place - 1].equals(message);
            if (!there) {
                System.arraycopy(all, place, all, place + 1, count - place);
                all[place] = message;
                count++;
            }
        }
        return count == all.length ? all : Arrays.copyOf(all, count);
    }

    /** Behind all that are not after it, by halving: a handler may send hundreds of messages to one node. */
    private int placeOf(Message arriving, Message[] messages, int count) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBefore(messages[middle], arriving)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Of each sender what is in order comes first, as it was sent, and then the rest by content. */
    private static boolean isBefore(Message there, Message arriving) {
        if (there.rank() != arriving.rank()) {
            return there.rank() < arriving.rank();
        }
        return there.isInOrder() || !arriving.isInOrder() && there.compareTo(arriving) <= 0;
    }

    /** Without what {@code sender} has sent over its connection. */
    Message[] withoutSender(Message[] messages, int sender) {
        return Arrays.stream(messages)
                .filter(message -> message.from() != sender || !message.isInOrder())
                .toArray(Message[]::new);
    }

    /** Without what was sent over any connection. */
    Message[] withoutConnections(Message[] messages) {
        return Arrays.stream(messages).filter(message -> !message.isInOrder()).toArray(Message[]::new);
    }
}
