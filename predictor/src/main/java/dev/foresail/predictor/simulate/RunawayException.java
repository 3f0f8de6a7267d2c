package dev.foresail.predictor.simulate;

/** A simulation was stopped as its protocol runs away; what has happened until then can be looked at, but it does not go on. */
public final class RunawayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Runaway runaway;

    RunawayException(Runaway runaway) {
        super(runaway.line());
        this.runaway = runaway;
    }

    public Runaway runaway() {
        return runaway;
    }
}
