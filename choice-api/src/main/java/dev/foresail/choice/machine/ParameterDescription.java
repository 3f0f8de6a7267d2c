package dev.foresail.choice.machine;

import java.util.Optional;

/**
 * A configuration value of a protocol.
 *
 * @param type one of boolean, int, long, double, String, Duration, NodeId (the boxed class for the primitives)
 * @param defaultText the default as text, empty when a value must be given
 */
public record ParameterDescription(String name, Class<?> type, Optional<String> defaultText) {}
