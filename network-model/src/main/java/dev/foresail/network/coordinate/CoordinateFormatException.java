package dev.foresail.network.coordinate;

/** Bytes that are no coordinate. The message starts with the stable code FS360 and says what was expected. */
public final class CoordinateFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CoordinateFormatException(String problem) {
        super("[FS360] " + problem);
    }
}
