package dev.foresail.eval.membership;

/**
 * What there is to know of a node.
 *
 * @param incarnation which of its lives, from 1 on
 * @param isAlive whether it is in that one still
 */
public record Standing(long incarnation, boolean isAlive) {
    /** Whether it is a later life, or its end. */
    boolean isNewerThan(Standing other) {
        return incarnation != other.incarnation ? incarnation > other.incarnation : !isAlive && other.isAlive;
    }
}
