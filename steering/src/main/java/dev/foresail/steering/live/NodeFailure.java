package dev.foresail.steering.live;

/**
 * Why a node has ended by itself.
 *
 * @param event what it was handling, for people
 * @param state its state then, for people
 */
public record NodeFailure(String event, String state, Throwable cause) {}
