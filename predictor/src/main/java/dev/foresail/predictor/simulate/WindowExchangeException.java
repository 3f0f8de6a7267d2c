package dev.foresail.predictor.simulate;

/**
 * A partitioned run cannot go on: a member is lost, or what it says is not to be understood. The same run is possible on fewer members, or on one, from the
 * beginning. The message starts with a code that docs/errors explains.
 */
public final class WindowExchangeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    private WindowExchangeException(String code, String explanation, Throwable cause) {
        super("[" + code + "] " + explanation, cause);
        this.code = code;
    }

    private WindowExchangeException(String code, String explanation) {
        super("[" + code + "] " + explanation);
        this.code = code;
    }

    /** FS442: a member is lost or has given up. */
    public static WindowExchangeException lost(String explanation) {
        return new WindowExchangeException("FS442", explanation);
    }

    /** FS443: what a member says cannot be read, or is of another run. */
    public static WindowExchangeException unreadable(int member, String explanation) {
        return new WindowExchangeException("FS443", about(member, explanation));
    }

    /** As the other one, with what was thrown. */
    static WindowExchangeException unreadable(int member, Throwable cause) {
        return new WindowExchangeException("FS443", about(member, String.valueOf(cause.getMessage())), cause);
    }

    private static String about(int member, String explanation) {
        return "what member " + (member + 1) + " of the partitioned run says cannot be used: " + explanation;
    }

    /** {@code FS442} or {@code FS443}. */
    public String code() {
        return code;
    }
}
