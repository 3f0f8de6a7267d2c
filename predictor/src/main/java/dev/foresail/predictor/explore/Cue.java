package dev.foresail.predictor.explore;

/** What makes a handler run, as a number: the kind and which one of it. */
final class Cue {
    private static final int KIND_SHIFT = 32;
    private static final Kind[] KINDS = Kind.values();

    private Cue() {}

    /** The kinds of events. */
    enum Kind {
        /** Of the message with that id. */
        DELIVERY(0),
        /** Of the connection to that slot. */
        CONNECTION_ERROR(1),
        /** Of the timer with that index. */
        TIMER(2),
        /** Of the call with that index in the table of calls. */
        CALL(3),
        START(4),
        RESTART(5);

        private final int code;

        /** @param code its place among the kinds */
        Kind(int code) {
            this.code = code;
        }
    }

    static long of(Kind kind, int index) {
        return (long) kind.code << KIND_SHIFT | index;
    }

    static Kind kind(long cue) {
        return KINDS[(int) (cue >>> KIND_SHIFT)];
    }

    static int index(long cue) {
        return (int) cue;
    }
}
