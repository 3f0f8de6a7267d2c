package dev.foresail.steering.control;

/**
 * A round of looking ahead.
 *
 * @param worlds how many worlds were explored
 * @param depth the length of the longest path that was explored
 * @param foreseen how many paths to violations were found
 * @param unhelpful of how many of these this node has no way to leave them that helps
 * @param possible how many paths to violations of other properties were found that rest on answers of nodes of which nothing is
 *     known
 * @param tookNanos from the snapshot to the filters in place
 * @param snapshotAgeNanos the age of the oldest checkpoint when the round began
 */
public record LookAhead(
        long worlds, int depth, int foreseen, int unhelpful, int possible, long tookNanos, long snapshotAgeNanos) {}
