package dev.foresail.predictor.explore;

/**
 * Something that can happen at a node in the situation that a {@link Cell} is. Immutable.
 *
 * <p>The fingerprint of the world after it is that of the world before plus {@link #delta} and what its effects add: where
 * it is {@link #incremental} the rest of the world need not be looked at.
 */
final class Move {
    static final Effect[] NO_EFFECTS = new Effect[0];
    static final Move[] NO_MOVES = new Move[0];

    final Kind kind;
    /** Which: a cue for those that run a handler, the cue of its delivery for a loss, a slot for a break. */
    final long which;

    final Outcome outcome;
    final Cell target;
    final long delta;
    final long secondDelta;
    final Effect[] effects;
    /** Whether consequence prediction may leave it out: not a delivery and not a connection error. */
    final boolean internal;

    final boolean threw;
    /** Always possible, and changes cells only: its own, and those that its effects concern. */
    final boolean incremental;
    /** A bit per slot that its effects concern. */
    final long receivers;
    /** Whether it and a move at another node, of which neither concerns the other's node, can change places. */
    final boolean commutes;

    Move(Kind kind, long which, Outcome outcome, Cell source, Cell target, Effect[] effects) {
        this.kind = kind;
        this.which = which;
        this.outcome = outcome;
        this.target = target;
        this.delta = target.share - source.share;
        this.secondDelta = target.secondShare - source.secondShare;
        this.effects = effects;
        this.threw = outcome.thrown().isPresent();
        this.internal = kind != Kind.DELIVERY && kind != Kind.ANSWER && kind != Kind.CONNECTION_ERROR;
        this.incremental = !kind.isFailure() && !threw;
        long concerned = 0;
        boolean onlyArrivals = true;
        for (Effect effect : effects) {
            concerned |= 1L << effect.receiver();
            onlyArrivals &= effect.kind() == Effect.Kind.ARRIVAL;
        }
        this.receivers = concerned;
        this.commutes = incremental && onlyArrivals;
    }

    /** The kinds of moves. */
    enum Kind {
        DELIVERY(false),
        /** A delivery of what a node may have sent that the model does not have. */
        ANSWER(true),
        CONNECTION_ERROR(false),
        TIMER(false),
        CALL(false),
        START(false),
        CRASH(true),
        RESTART(true),
        SILENT_RESET(true),
        LOSS(true),
        BREAK(true);

        private final boolean failure;

        Kind(boolean failure) {
            this.failure = failure;
        }

        /** Whether it needs or gives back some of the failures, or answers, left. */
        boolean isFailure() {
            return failure;
        }
    }
}
