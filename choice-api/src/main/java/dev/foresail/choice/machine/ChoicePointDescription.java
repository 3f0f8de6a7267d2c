package dev.foresail.choice.machine;

import dev.foresail.choice.Fallback;
import java.time.Duration;

/**
 * A declared choice point.
 *
 * @param name {@code protocol.handler.parameter}, unique in the system
 * @param await how long the inbound channel may be parked for a prediction; zero: never
 */
public record ChoicePointDescription(String name, Fallback fallback, Duration await, boolean repeatable) {}
