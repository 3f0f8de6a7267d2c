package dev.foresail.predictor.objective.language;

/** An expression that cannot be understood, with its place. */
public final class ExpressionSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int column;
    private final String problem;

    ExpressionSyntaxException(int line, int column, String problem) {
        super("[FS454] " + line + ":" + column + ": " + problem);
        this.column = column;
        this.problem = problem;
    }

    /** The column in its line, from 1. */
    public int column() {
        return column;
    }

    /** What is wrong, without place and code. */
    public String problem() {
        return problem;
    }
}
