package dev.foresail.predictor.node;

/**
 * A timer of the protocol that is armed.
 *
 * @param delayNanos with which it was armed
 * @param leftNanos until it fires, at least 0
 */
public record ArmedTimer(long delayNanos, long leftNanos) {}
