package dev.foresail.predictor.explore;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Messages that are letters, without a protocol: {@code "1a"} is an a from the node in slot 1, over its connection. */
final class Messages {
    private Messages() {}

    /** Those of the same text have the same content, and are different objects as if two runs had made them. */
    static Message message(int id, String text) {
        return message(id, text, true);
    }

    /** One whose order nobody keeps. */
    static Message loose(int id, String text) {
        return message(id, text, false);
    }

    private static Message message(int id, String text, boolean isInOrder) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int sender = text.charAt(0) - '0';
        return new Message(id, sender, sender, isInOrder, text, bytes, Content.of(bytes));
    }

    static String text(Message[] messages) {
        return Arrays.stream(messages).map(message -> (String) message.body()).collect(Collectors.joining(" "));
    }
}
