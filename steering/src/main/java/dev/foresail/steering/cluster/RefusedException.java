package dev.foresail.steering.cluster;

import dev.foresail.steering.config.Problem;

/** Somebody who was invited does not take part. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String text;

    /**
     * @param code such as FS439
     * @param text without the member's name
     */
    public RefusedException(String code, String text) {
        super("[" + code + "] " + text);
        this.code = code;
        this.text = text;
    }

    /** A line for people, or several. */
    public String told(MemberAddress member) {
        return "[" + code + "] " + member + ": " + text;
    }

    /** The same for those who are told what is wrong. */
    public Problem problem(MemberAddress member) {
        return new Problem("", code, member + ": " + text);
    }

    byte[] message() {
        return new MessageWriter().text(code).text(text).message();
    }

    /** @throws IllegalArgumentException when it is no refusal */
    static RefusedException read(byte[] message) {
        MessageReader in = new MessageReader(message);
        return new RefusedException(in.text(), in.text());
    }
}
