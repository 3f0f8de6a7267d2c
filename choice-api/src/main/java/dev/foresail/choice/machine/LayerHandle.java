package dev.foresail.choice.machine;

import dev.foresail.choice.Node;

/** The handle of a layer of a stack, which can be told that the layers are only asked something for a while. Not thread-safe. */
public interface LayerHandle extends Node {
    /** Until as many {@link #answered}, handles of this event answer {@link Node#self} only, and layers make no calls without a value. */
    void asks();

    void answered();
}
