package dev.foresail.predictor.simulate;

import dev.foresail.predictor.simulate.PropertyWatch.Violation;
import java.util.Optional;

/**
 * Where a simulation was when a property was violated.
 *
 * @param event how many events nodes had handled; the last of them is what violated it, unless it was seen in the end only
 * @param atNanos virtual time
 * @param digest of everything up to there
 * @param violation the event, where it was seen after one
 */
public record Sighting(long event, long atNanos, String digest, Optional<Violation> violation) {}
