package dev.foresail.steering.provider;

/** A provider cannot be read. The message says where and why; whoever tells it adds the code FS451. */
public final class ProviderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProviderException(String message, Throwable cause) {
        super(message, cause);
    }
}
