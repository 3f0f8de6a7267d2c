package dev.foresail.choice.processor.encoding;

/** How values of one type are written, read and copied in generated code. */
public abstract class Encoding {
    private final String javaType;

    Encoding(String javaType) {
        this.javaType = javaType;
    }

    /** The type as generated code names it. */
    public final String javaType() {
        return javaType;
    }

    /** The type and all it is made of, for the schema's fingerprint. */
    public abstract String schema();

    /** The statement that writes {@code value}, an expression that is not null. */
    public abstract String write(String value);

    /** The expression that reads a value. */
    public abstract String read();

    /** Whether values can change, so that a copy of the state must not share them. */
    public boolean isMutable() {
        return false;
    }

    /** The expression of an independent copy of {@code value}. */
    public String copy(String value) {
        return value;
    }

    /** The statement that makes {@code target}, a final field, equal to {@code source}; only of mutable types. */
    public String copyInto(String target, String source) {
        throw new UnsupportedOperationException(target);
    }

    /** The statement that reads into {@code target}, a final field; only of mutable types. */
    public String readInto(String target) {
        throw new UnsupportedOperationException(target);
    }

    /**
     * Whether the type is an immutable value that reaches a collection: whoever made the value may still hold the
     * collection and change it.
     */
    public boolean holdsCollections() {
        return false;
    }

    /** Whether values hold messages of any layer, in parts of the type {@link Record}: such code needs to know whose they are. */
    public boolean holdsRecords() {
        return false;
    }

    /** What a helper method that freezes is handed behind the value. */
    final String recordsArgument() {
        return holdsRecords() ? ", records" : "";
    }

    /** The parameter for {@link #recordsArgument}. */
    final String recordsParameter() {
        return holdsRecords() ? ", UnaryOperator<Record> records" : "";
    }

    /**
     * The expression of {@code value} with collections that nobody can change: what {@link #read} gives of its bytes.
     * The value itself unless {@link #holdsCollections}.
     */
    public String freeze(String value) {
        return value;
    }

    /** Adds the helper methods that the expressions call. */
    public void addMethods(Source source) {}
}
