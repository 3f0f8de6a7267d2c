package dev.foresail.predictor.guardrail;

/**
 * A step of a protocol ended with an {@link Error}, its cause, whose words and stack trace it has. An exception, so that
 * engines treat it like all else that handlers throw: by then the protocol's own code can no longer catch it.
 */
public final class HandlerFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HandlerFailedException(Error cause) {
        super(words(cause), cause, false, true);
        setStackTrace(cause.getStackTrace());
    }

    private static String words(Error cause) {
        return cause instanceof HandlerNeverReturnsError ? String.valueOf(cause.getMessage()) : cause.toString();
    }
}
