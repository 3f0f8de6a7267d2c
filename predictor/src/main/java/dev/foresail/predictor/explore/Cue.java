package dev.foresail.predictor.explore;

/** What makes a handler run, as a number: the kind and which one of it. */
final class Cue {
    private static final int KIND_SHIFT = 32;

    private Cue() {}

    /** The kinds of events. */
    enum Kind {
        /** Of the message with that id. */
        DELIVERY,
        /** Of the connection to that slot. */
        CONNECTION_ERROR,
        /** Of the timer with that index. */
        TIMER,
        /** Of the call with that index in the table of calls. */
        CALL,
        START,
        RESTART
    }

    static long of(Kind kind, int index) {
        return (long) kind.ordinal() << KIND_SHIFT | index;
    }

    static Kind kind(long cue) {
        return KINDS[(int) (cue >>> KIND_SHIFT)];
    }

    static int index(long cue) {
        return (int) cue;
    }

    private static final Kind[] KINDS = Kind.values();
}
