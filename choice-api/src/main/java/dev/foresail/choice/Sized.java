package dev.foresail.choice;

/**
 * A message that weighs more on the wire than its components say, such as one that stands for a block of a file. A message record may
 * implement it. It matters where links have queues: in the simulator on a network that has them, and in roll-outs.
 */
public interface Sized {
    /** How many bytes the message stands for, at least 0; a function of its components alone. */
    long bytes();
}
