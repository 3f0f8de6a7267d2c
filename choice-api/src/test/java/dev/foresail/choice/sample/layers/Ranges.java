package dev.foresail.choice.sample.layers;

import dev.foresail.choice.Service;

/** Which keys the node is responsible for. */
@Service
public interface Ranges {
    /** The first key that is another node's. */
    long end();

    void grow(long by);

    interface Upcalls {
        void rangeChanged(long before, long now);
    }
}
