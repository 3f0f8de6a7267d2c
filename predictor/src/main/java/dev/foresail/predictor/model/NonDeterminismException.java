package dev.foresail.predictor.model;

/** The same step from the same world met other choices than before (FS130): the protocol is not deterministic. */
public final class NonDeterminismException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public NonDeterminismException(String explanation) {
        super("[FS130] " + explanation);
    }
}
