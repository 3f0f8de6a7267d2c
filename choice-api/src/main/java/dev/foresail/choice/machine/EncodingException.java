package dev.foresail.choice.machine;

/** Bytes that are not what they should be: truncated, over a limit, or of another type. */
public final class EncodingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EncodingException(String message) {
        super(message);
    }
}
