package dev.foresail.eval.scribe;

import dev.foresail.choice.Service;

/** Groups of nodes that messages are sent to, each named by a key of 64 bits. Best effort: what is sent while a tree is mended may be lost to some, come twice to others, and come before what was sent earlier. */
@Service
public interface GroupMulticast {
    /** Makes the root of the group's key know it. */
    void create(long group);

    /** From now on this node gets what is sent to the group. */
    void subscribe(long group);

    void leave(long group);

    /** Sends a message to all subscribers; the sender need not be one. */
    void multicast(long group, Record content);

    interface Upcalls {
        void received(long group, Record content);
    }
}
