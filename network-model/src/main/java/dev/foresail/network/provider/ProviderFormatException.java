package dev.foresail.network.provider;

/** What a provider says cannot be understood. The message names the source, the line and column where there is one, the wrong value, and what was expected. */
public final class ProviderFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProviderFormatException(String place, String problem) {
        super(place + ": " + problem);
    }
}
