package dev.foresail.predictor.path;

/**
 * What a message or an armed timer carries that is on a path. Immutable.
 *
 * @param name the path's declared name
 * @param path the event that began the path
 * @param cause the event whose handler sent the message or set the timer
 * @param place which of the things that this handler caused on the path, from 0
 * @param depth how many events lie before the one to come, at least 1
 * @param sentNanos when it was sent or set
 */
public record PathTag(String name, HopId path, HopId cause, int place, int depth, long sentNanos) {}
