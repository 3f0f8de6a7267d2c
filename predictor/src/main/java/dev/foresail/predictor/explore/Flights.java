package dev.foresail.predictor.explore;

import dev.foresail.predictor.model.Network;
import java.util.ArrayList;
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
            boolean first = place == 0;
            boolean isNext = first
                    || switch (network) {
                        case ORDERED -> messages[place].from() != messages[place - 1].from();
                        case UNORDERED, DUPLICATING -> !messages[place].equals(messages[place - 1]);
                    };
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

    /** With {@code news}, which were sent in this order. */
    Message[] arrived(Message[] messages, List<Message> news) {
        List<Message> all = new ArrayList<>(Arrays.asList(messages));
        for (Message message : news) {
            int place = 0;
            while (place < all.size() && isBefore(all.get(place), message)) {
                place++;
            }
            boolean there = network == Network.DUPLICATING
                    && place > 0
                    && all.get(place - 1).equals(message);
            if (!there) {
                all.add(place, message);
            }
        }
        return all.toArray(new Message[0]);
    }

    private boolean isBefore(Message there, Message arriving) {
        return network == Network.ORDERED ? there.rank() <= arriving.rank() : there.compareTo(arriving) <= 0;
    }

    /** Without what {@code sender} has sent. */
    Message[] withoutSender(Message[] messages, int sender) {
        return Arrays.stream(messages)
                .filter(message -> message.from() != sender)
                .toArray(Message[]::new);
    }
}
