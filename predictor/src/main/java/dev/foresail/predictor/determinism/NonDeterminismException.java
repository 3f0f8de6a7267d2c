package dev.foresail.predictor.determinism;

/** FS267: the same handler, run again from the same state with the same decisions, did something else. */
public final class NonDeterminismException extends RuntimeException {
    /** The diagnostic's stable code. */
    public static final String CODE = "FS267";

    private static final long serialVersionUID = 1L;

    private final String what;
    private final String expected;
    private final String actual;

    /**
     * @param where what was run, to be read before "is not deterministic"
     * @param what what differs, such as {@code the field 'children'}
     * @param circumstance when it differs, such as {@code run again}
     * @param expected the first value
     * @param actual the other one
     */
    public NonDeterminismException(String where, String what, String circumstance, String expected, String actual) {
        super("[" + CODE + "] " + where + " is not deterministic: " + what + " is " + expected + ", but " + circumstance
                + " " + actual + "; foresail check --determinism looks for the cause");
        this.what = what;
        this.expected = expected;
        this.actual = actual;
    }

    /** What differs, such as {@code the field 'children'}. */
    public String what() {
        return what;
    }

    /** The first value, for people. */
    public String expected() {
        return expected;
    }

    /** The other value, for people. */
    public String actual() {
        return actual;
    }
}
