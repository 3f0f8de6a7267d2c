package dev.foresail.choice.machine;

import dev.foresail.choice.Node;

/**
 * The handle of an engine that refuses everything when its event is over, so that a protocol that keeps it is found out. A stack gives its layers handles of their own for each event then, which end with
 * it; for other engines it uses the same ones again. Not thread-safe.
 */
public interface EventHandle extends Node {}
