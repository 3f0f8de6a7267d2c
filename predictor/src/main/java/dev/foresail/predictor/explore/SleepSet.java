package dev.foresail.predictor.explore;

/**
 * The nodes whose moves need not be taken in a world, since the worlds that they lead to are reached in another way: a
 * form of the sleep sets of partial order reduction (Godefroid, CAV'90) which leaves out no world and no level.
 *
 * <p>Idea. Two moves at different nodes that do not concern each other's node lead to the same world in either order. Let
 * world x be recorded as reached from p by a move a at slot i, and let b be a move of x at a lower slot j that was possible
 * in p just so. Then p has a successor y by b, and a leads from y to where b leads from x: b can be left out in x. Was a
 * left out in y? Only when y is recorded as reached by a move c at a slot higher than i, and then the same world is reached
 * by c from a world that has taken a and b. The slot of the last move rises with each such step, so that after at most as
 * many steps as there are nodes one takes its move. All these worlds are of the same level when x is on a shortest way,
 * so each world is found at its depth still. How many moves are possible is counted, not found out by taking them.
 *
 * <p>b was possible in p just so when a had no effect on slot j; a stays possible when b has none on i. Effects of both on
 * a third node must not depend on their order: arrivals do not, as messages stand by sender or by content.
 *
 * <p>Weakness. Everything that joins the nodes stands against it: a constraint (y might lie outside it), the pruning rule
 * of consequence prediction, histories, bounds on time; there it is not used. Moves at one node are not compared.
 *
 * <p>It is a word: a bit for each slot that sleeps, and above them a bit for the slot of the last move.
 */
final class SleepSet {
    static final long NONE = 0;

    private SleepSet() {}

    /** After a move at that slot. */
    static long after(int slot, Move move) {
        long last = 1L << slot;
        return move.commutes ? last | last - 1 & ~move.receivers : NONE;
    }

    /** The slot of the last move; only of a set that is not empty. */
    static int last(long set) {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(set);
    }

    /** A bit for each slot that sleeps. */
    static long sleeping(long set) {
        return set & ~Long.highestOneBit(set);
    }

    /** Whether a move of a slot that sleeps sleeps with it. */
    static boolean sleeps(Move move, int last) {
        return move.commutes && (move.receivers >>> last & 1) == 0;
    }

    /** A bit for each slot such that not all of the moves sleep when the last move was there. */
    static long restless(Move[] moves) {
        long restless = 0;
        for (Move move : moves) {
            restless |= move.commutes ? move.receivers : -1L;
        }
        return restless;
    }
}
