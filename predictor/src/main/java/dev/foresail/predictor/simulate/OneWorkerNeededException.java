package dev.foresail.predictor.simulate;

/**
 * Several workers have come to something that needs all nodes at one time: the same run is possible on one worker, from the beginning.
 */
public final class OneWorkerNeededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String why;

    /** @param why what happened */
    public OneWorkerNeededException(String why) {
        super(why);
        this.why = why;
    }

    /** What happened. */
    public String why() {
        return why;
    }
}
