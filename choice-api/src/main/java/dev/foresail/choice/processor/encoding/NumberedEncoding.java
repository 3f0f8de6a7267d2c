package dev.foresail.choice.processor.encoding;

/** A generated record of a number and a value: the number, and the value. */
final class NumberedEncoding extends Encoding {
    private final String component;
    private final Encoding value;

    NumberedEncoding(String javaType, String component, Encoding value) {
        super(javaType);
        this.component = component;
        this.value = value;
    }

    @Override
    public String schema() {
        return "numbered " + javaType() + "(" + value.schema() + ")";
    }

    @Override
    public String write(String expression) {
        return "write" + javaType() + "(" + expression + ", out);";
    }

    @Override
    public String read() {
        return "new " + javaType() + "(in.readLong(), " + value.read() + ")";
    }

    @Override
    public boolean holdsCollections() {
        return value.holdsCollections();
    }

    @Override
    public boolean holdsRecords() {
        return value.holdsRecords();
    }

    @Override
    public String freeze(String expression) {
        return holdsCollections() ? "freeze" + javaType() + "(" + expression + recordsArgument() + ")" : expression;
    }

    @Override
    public void addMethods(Source source) {
        String get = "numbered." + component + "()";
        source.blank().add("""
                private static void write%1$s(%1$s numbered, StateWriter out) {
                out.writeLong(numbered.number());
                %2$s
                }
                """, javaType(), value.write(get));
        if (holdsCollections()) {
            source.blank().add("""
                    private static %1$s freeze%1$s(%1$s numbered%3$s) {
                    return new %1$s(numbered.number(), %2$s);
                    }
                    """, javaType(), value.freeze(get), recordsParameter());
        }
    }
}
