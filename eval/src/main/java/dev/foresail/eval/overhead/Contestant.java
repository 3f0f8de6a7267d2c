package dev.foresail.eval.overhead;

/** Two ends that can be made to talk to each other as fast as they can. Used by one thread. */
interface Contestant extends AutoCloseable {
    /** Both ends begin to serve. */
    void begin();

    /** Both ends serve no more; what is on its way is still returned. */
    void pause();

    /** The messages that both ends have sent so far. */
    long messages();

    @Override
    void close();
}
