package dev.foresail.eval.routing;

/** A node of an overlay as scenarios see it. It has a call {@code join} with the id of a node that is known, its own for the first. */
public interface OverlayNode {
    boolean isJoined();
}
