package dev.foresail.choice.processor.encoding;

/** An immutable type that one call writes and one expression reads. */
final class SimpleEncoding extends Encoding {
    private final String schema;
    private final String writeTemplate;
    private final String readExpression;

    SimpleEncoding(String javaType, String schema, String writeTemplate, String readExpression) {
        super(javaType);
        this.schema = schema;
        this.writeTemplate = writeTemplate;
        this.readExpression = readExpression;
    }

    /** A type with a method of its own on writer and reader. */
    static SimpleEncoding called(String javaType, String method) {
        return new SimpleEncoding(javaType, javaType, "out.write" + method + "(%s);", "in.read" + method + "()");
    }

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public String write(String value) {
        return writeTemplate.formatted(value);
    }

    @Override
    public String read() {
        return readExpression;
    }
}
