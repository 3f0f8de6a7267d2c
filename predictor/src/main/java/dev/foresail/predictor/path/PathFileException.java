package dev.foresail.predictor.path;

/** A file of paths cannot be read or written, or holds not what is asked for; the message begins with a code. */
public final class PathFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String problem;

    public PathFileException(String code, String problem) {
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
