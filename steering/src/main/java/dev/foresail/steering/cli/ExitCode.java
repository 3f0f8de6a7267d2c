package dev.foresail.steering.cli;

/** What the process ends with; tools rely on these numbers. */
public final class ExitCode {
    /** Holds, or done. */
    public static final int DONE = 0;
    /** A safety property is violated. */
    public static final int SAFETY_VIOLATED = 1;
    /** A limit was reached, or absence of violations cannot be proved. */
    public static final int UNKNOWN = 2;
    /** A liveness property is violated. */
    public static final int LIVENESS_VIOLATED = 3;
    /** A replay diverged or a handler is not deterministic. */
    public static final int DIVERGED = 4;
    /** An objective or expectation of an experiment is not met. */
    public static final int NOT_MET = 5;
    /** Wrong usage or configuration. */
    public static final int USAGE = 64;
    /** A mistake of Foresail's own. */
    public static final int INTERNAL = 70;

    private ExitCode() {}
}
