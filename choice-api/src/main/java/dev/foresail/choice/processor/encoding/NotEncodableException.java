package dev.foresail.choice.processor.encoding;

/** Says why a type has no encoding. */
public final class NotEncodableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean hashOrdered;

    /** @param reason a clause that says why */
    public NotEncodableException(String reason) {
        this(reason, false);
    }

    NotEncodableException(String reason, boolean hashOrdered) {
        super(reason, null, false, false);
        this.hashOrdered = hashOrdered;
    }

    /** Whether the reason is a collection that iterates in hash order. */
    public boolean isHashOrdered() {
        return hashOrdered;
    }

    /** The reason, a clause such as "'Thread' is not a type the machine can encode". */
    public String reason() {
        return getMessage() == null ? "" : getMessage();
    }
}
