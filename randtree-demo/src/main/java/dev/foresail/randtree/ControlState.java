package dev.foresail.randtree;

/** What a node is doing about its place in the tree. */
public enum ControlState {
    /** The application has not asked it to join yet. */
    INIT,
    /** It has sent a Join and waits for the reply. */
    JOINING,
    /** It has a parent or is the root. */
    JOINED
}
