package dev.foresail.predictor.subset;

/** A wish for a subset that cannot be understood, with its place. */
public final class SubsetSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final String problem;

    SubsetSyntaxException(int line, int column, String problem) {
        super("[FS371] " + line + ":" + column + ": " + problem);
        this.line = line;
        this.column = column;
        this.problem = problem;
    }

    /** The line, from 1. */
    public int line() {
        return line;
    }

    /** The column, from 1. */
    public int column() {
        return column;
    }

    /** What is wrong, without place and code. */
    public String problem() {
        return problem;
    }
}
