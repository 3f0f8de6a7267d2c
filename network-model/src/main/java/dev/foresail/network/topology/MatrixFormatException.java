package dev.foresail.network.topology;

/**
 * A matrix file that cannot be used. The message starts with a stable code and names the file, the line and column where
 * there is one, the wrong value, and what was expected.
 */
public final class MatrixFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    MatrixFormatException(String code, String place, String problem) {
        super("[" + code + "] " + place + ": " + problem);
        this.code = code;
    }

    /** The stable code, FS230 to FS236; each has a page in docs/errors. */
    public String code() {
        return code;
    }
}
