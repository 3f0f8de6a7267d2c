package dev.foresail.predictor.json;

import java.io.IOException;

/** A line is not what is expected in its place. */
public final class DamagedLineException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean cutShort;

    DamagedLineException(String problem, boolean cutShort, Throwable cause) {
        super(problem, cause);
        this.cutShort = cutShort;
    }

    DamagedLineException(String problem) {
        super(problem);
        this.cutShort = false;
    }

    /** Whether the line has no end: then the file was not copied as a whole. */
    public boolean isCutShort() {
        return cutShort;
    }
}
