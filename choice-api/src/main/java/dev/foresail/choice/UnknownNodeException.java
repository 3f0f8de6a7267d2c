package dev.foresail.choice;

/** A property or metric asked for a node that is not known; its answer is then <em>unknown</em>. */
public final class UnknownNodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownNodeException(String message) {
        super(message, null, false, false);
    }
}
