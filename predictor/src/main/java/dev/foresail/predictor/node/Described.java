package dev.foresail.predictor.node;

/** Something that is to happen, of which people can be told what it is. */
public interface Described {
    /** What it is, such as {@code timer tick}. */
    String description();

    /** What something is, as far as it says so. */
    static String of(Object happening) {
        return happening instanceof Described described ? described.description() : "a task of the runtime";
    }
}
