package dev.foresail.predictor.explore;

/**
 * A move after which something that is of no single node has another value: an outcome tells the decisions, what was sent
 * and armed and the local state, the cue tells the event.
 *
 * @param before the number of the value before
 */
@SuppressWarnings("ReferenceEquality") // an outcome is remembered by one local state
record MoveFrom(int before, int slot, Move.Kind kind, long which, Outcome outcome) {
    static MoveFrom of(int before, int slot, Move move) {
        return new MoveFrom(before, slot, move.kind, move.which, move.outcome);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MoveFrom that
                && before == that.before
                && slot == that.slot
                && kind == that.kind
                && which == that.which
                && outcome == that.outcome;
    }

    @Override
    public int hashCode() {
        return ((before * 31 + slot) * 31 + kind.name().hashCode()) * 31
                + Long.hashCode(which) * 17
                + outcome.after().id;
    }
}
