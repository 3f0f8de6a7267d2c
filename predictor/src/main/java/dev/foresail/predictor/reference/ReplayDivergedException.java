package dev.foresail.predictor.reference;

/** An action is not possible in the world in which it is to be taken (FS131). */
public final class ReplayDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReplayDivergedException(String explanation) {
        super("[FS131] " + explanation);
    }
}
