package dev.foresail.network.provider;

import java.util.OptionalDouble;

/**
 * What a provider has said of links at one time. Immutable.
 *
 * @param <P> names an endpoint
 */
@FunctionalInterface
public interface LinkFacts<P> {
    /** A figure of a link, in the figure's unit; empty when it is not known. */
    OptionalDouble of(String figure, P from, P to);
}
