package dev.foresail.steering.failure;

/** A live node cannot start, or not go on, for a reason that its operator can mend; docs/errors explains the code. */
public final class NodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code the diagnostic's stable code, such as {@code FS210}
     * @param explanation what happened and what to do
     */
    public NodeException(String code, String explanation) {
        super("[" + code + "] " + explanation);
        this.code = code;
    }

    public NodeException(String code, String explanation, Throwable cause) {
        super("[" + code + "] " + explanation, cause);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
