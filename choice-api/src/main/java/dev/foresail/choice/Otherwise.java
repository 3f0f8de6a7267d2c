package dev.foresail.choice;

/** What happens to a message for which no handler is enabled. */
public enum Otherwise {
    /** It is an error of the protocol, treated like a handler that threw. */
    ERROR,
    /** It is dropped. */
    DROP,
    /** It is kept, in order, as part of the local state, and tried again after every later event. */
    DEFER
}
