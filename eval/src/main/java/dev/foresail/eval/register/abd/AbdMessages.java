package dev.foresail.eval.register.abd;

/** What the servers tell each other in the course of the request {@code id} of a client. */
public final class AbdMessages {
    private AbdMessages() {}

    /** A value and when it was written. */
    public record Stamped(Stamp stamp, String value) {}

    /** What have you got? */
    public record Query(int id) {}

    /** This. */
    public record AckQuery(int id, Stamped stamped) {}

    /** Keep this, unless you have something newer. */
    public record Store(int id, Stamped stamped) {}

    /** Done: the sender has it, or something newer. */
    public record AckStore(int id) {}
}
