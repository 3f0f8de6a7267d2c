package dev.foresail.predictor.trace;

/** A trace cannot be used; the message starts with a code that docs/errors explains. */
public final class TraceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code the diagnostic's stable code, such as {@code FS250}
     * @param explanation what is wrong and what to do
     */
    public TraceException(String code, String explanation) {
        super("[" + code + "] " + explanation);
        this.code = code;
    }

    public TraceException(String code, String explanation, Throwable cause) {
        this(code, explanation);
        initCause(cause);
    }

    public String code() {
        return code;
    }
}
