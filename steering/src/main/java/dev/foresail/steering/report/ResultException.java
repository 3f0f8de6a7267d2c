package dev.foresail.steering.report;

/** A text is no result of an experiment; the message says what is wrong, with line and column where that helps. */
public final class ResultException extends Exception {
    private static final long serialVersionUID = 1L;

    public ResultException(String problem) {
        super(problem);
    }
}
