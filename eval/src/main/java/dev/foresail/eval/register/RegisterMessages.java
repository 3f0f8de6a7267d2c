package dev.foresail.eval.register;

/** What clients ask of servers, and the answers; ids tell the requests of one client apart. */
public final class RegisterMessages {
    /** What is read before anything was written. */
    public static final String UNWRITTEN = "";

    private RegisterMessages() {}

    /** Write {@code value}. */
    public record Put(int id, String value) {}

    /** Read. */
    public record Get(int id) {}

    /** The Put of this id has been done. */
    public record PutOk(int id) {}

    /** The Get of this id has read {@code value}. */
    public record GetOk(int id, String value) {}
}
