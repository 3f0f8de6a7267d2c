package dev.foresail.predictor.scenario;

import java.util.List;

/**
 * What one node has sent to another, held back until somebody lets it go: for tests and scenarios that want to say in which order
 * things happen. The connection stays whole meanwhile. On the stage's thread; a hold that is over does nothing.
 */
public interface Hold {
    /** The messages of the protocol that are held and could still arrive, in the order in which they were sent. */
    List<Object> messages();

    /** Lets the first message go, with what was sent before it; false when there is none. */
    boolean releaseNext();

    /** Lets everything go in order, and holds nothing more. */
    void release();

    /** What is held is lost and the connection breaks, which both ends are told; holds nothing more. */
    void drop();
}
