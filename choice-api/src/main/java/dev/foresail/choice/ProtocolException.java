package dev.foresail.choice;

/** A protocol did what it must not do; the message starts with a code that docs/errors explains. */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code the diagnostic's stable code, such as {@code FS101}
     * @param explanation what happened and what to do
     */
    public ProtocolException(String code, String explanation) {
        super("[" + code + "] " + explanation);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
