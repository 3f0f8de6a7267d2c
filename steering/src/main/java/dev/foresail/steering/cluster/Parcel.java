package dev.foresail.steering.cluster;

import java.util.Arrays;
import java.util.Optional;

/**
 * What goes between members at once: a part of a message.
 *
 * @param work which work it is about: parcels of another one are nobody's
 * @param number how many came before over the same link; of a pulse, how many must have come
 * @param hasMore whether the next one goes on with the same message
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares parcels, and bodies are not changed
record Parcel(Kind kind, long work, long number, boolean hasMore, byte[] body) {
    /** A frame of the engine has room for it. */
    static final int MOST_BYTES = 200_000;

    /** What it is for. */
    enum Kind {
        INVITATION('I'),
        ACCEPTANCE('A'),
        REFUSAL('R'),
        MESSAGE('M'),
        /** How many parcels there were, so that a missing one is noticed when none follows. */
        PULSE('P'),
        /** Its sender ends. */
        FAREWELL('F');

        private final char code;

        Kind(char code) {
            this.code = code;
        }

        byte code() {
            return (byte) code;
        }

        static Optional<Kind> of(byte code) {
            return Arrays.stream(values()).filter(kind -> kind.code() == code).findFirst();
        }
    }
}
