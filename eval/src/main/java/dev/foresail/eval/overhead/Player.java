package dev.foresail.eval.overhead;

import java.io.IOException;

/** Plays when it is told to, and tells how fast. Used by one thread. */
interface Player extends AutoCloseable {
    /**
     * Plays until both ends together have sent so many messages since they were made. Counted in messages, as a machine that is
     * busy takes longer to warm up; but not for ever.
     */
    void warmUp(long messages) throws IOException, InterruptedException;

    /**
     * Plays for a while.
     *
     * @param millis how long counts
     */
    Saturation.Rate turn(long millis) throws IOException, InterruptedException;

    @Override
    void close();
}
