package dev.foresail.eval.recursiveroute;

/**
 * A message at its origin as long as its outcome is not known.
 *
 * @param ticksLeft until it has expired
 * @param refusals how often it has come back because somebody had no room
 */
public record Open(long key, Record message, int ticksLeft, int refusals) {
    private static final int MOST_DOUBLINGS = 5;

    Open ticked() {
        return new Open(key, message, ticksLeft - 1, refusals);
    }

    Open refused() {
        return new Open(key, message, ticksLeft, refusals + 1);
    }

    /** How long it waits at the origin, in ticks: with each refusal twice as long. */
    int pauseTicks() {
        return 1 << StrictMath.min(refusals, MOST_DOUBLINGS);
    }
}
