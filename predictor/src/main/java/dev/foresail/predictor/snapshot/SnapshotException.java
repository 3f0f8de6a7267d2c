package dev.foresail.predictor.snapshot;

/** A snapshot's file cannot be used; the message starts with a code that docs/errors explains. */
public final class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code the diagnostic's stable code, such as {@code FS243}
     * @param explanation what is wrong and what to do
     */
    public SnapshotException(String code, String explanation) {
        super("[" + code + "] " + explanation);
        this.code = code;
    }

    public SnapshotException(String code, String explanation, Throwable cause) {
        this(code, explanation);
        initCause(cause);
    }

    public String code() {
        return code;
    }
}
