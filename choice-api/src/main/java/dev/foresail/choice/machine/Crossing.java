package dev.foresail.choice.machine;

import dev.foresail.choice.Node;

/**
 * The way from one layer of a stack to one below it; generated code says by it that a downcall begins and ends. As the state that it belongs
 * to: used by one thread at a time when something runs, by any number that only ask.
 */
public interface Crossing {
    /**
     * Begins a downcall.
     *
     * @param method its place among the downcalls of the service
     * @return the handle of the layer that is called
     * @throws dev.foresail.choice.ProtocolException FS499 when layers are only asked something and the call returns no value
     */
    Node enter(int method);

    /** Ends the call that was entered last. */
    void leave();

    /** The short name of the layer that calls. */
    String caller();
}
