package dev.foresail.steering.wire;

/** A frame that is not what it should be. The only exception that decoding throws, whatever the bytes. */
public final class WireException extends Exception {
    private static final long serialVersionUID = 1L;

    public WireException(String message) {
        super(message);
    }

    public WireException(String message, Throwable cause) {
        super(message, cause);
    }
}
