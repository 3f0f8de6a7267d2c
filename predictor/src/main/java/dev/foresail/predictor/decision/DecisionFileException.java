package dev.foresail.predictor.decision;

/** A file of decisions cannot be read or written, or holds not what is asked for; the message begins with a code. */
public final class DecisionFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String problem;

    public DecisionFileException(String code, String problem) {
        super("[" + code + "] " + problem);
        this.code = code;
        this.problem = problem;
    }

    public String code() {
        return code;
    }

    /** The message without the code. */
    public String problem() {
        return problem;
    }
}
