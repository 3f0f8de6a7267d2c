package dev.foresail.predictor.determinism;

/** The kinds of things that make a handler depend on more than it is given. */
public enum Category {
    CLOCK("FS260", "reads a clock"),
    RANDOMNESS("FS261", "draws random numbers of its own"),
    THREADS("FS262", "uses threads"),
    IDENTITY("FS263", "depends on the identity of objects"),
    HASH_ORDER("FS264", "uses a collection in hash order"),
    ENVIRONMENT("FS265", "reads or changes the world outside"),
    STATICS("FS266", "has static state");

    private final String code;
    private final String title;

    Category(String code, String title) {
        this.code = code;
        this.title = title;
    }

    /** The stable code of its findings. */
    public String code() {
        return code;
    }

    /** What the method does, to be read after its name. */
    public String title() {
        return title;
    }
}
