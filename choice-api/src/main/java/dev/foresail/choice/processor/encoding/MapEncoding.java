package dev.foresail.choice.processor.encoding;

/** A map of a defined order: its size, and each key with its value. */
final class MapEncoding extends Encoding {
    /** Everything the templates need to know of keys and values. */
    record Entry(Encoding key, String keyType, Encoding value, String valueType) {}

    private final CollectionShape shape;
    private final String label;
    private final Entry entry;
    private final boolean value;

    /** @param value whether it belongs to an immutable value: shared by copies, unmodifiable when read */
    MapEncoding(String javaType, CollectionShape shape, String label, Entry entry, boolean value) {
        super(javaType);
        this.shape = shape;
        this.label = label;
        this.entry = entry;
        this.value = value;
    }

    @Override
    public String schema() {
        return shape.schemaName() + "<" + entry.key().schema() + ","
                + entry.value().schema() + ">";
    }

    @Override
    public boolean isMutable() {
        return !value;
    }

    @Override
    public String write(String expression) {
        return "write" + label + "(" + expression + ", out);";
    }

    @Override
    public String read() {
        return "read" + label + "(in)";
    }

    @Override
    public String copy(String expression) {
        return value ? expression : "copy" + label + "(" + expression + ")";
    }

    @Override
    public String copyInto(String target, String source) {
        return "copyInto" + label + "(" + target + ", " + source + ");";
    }

    @Override
    public String readInto(String target) {
        return "readInto" + label + "(" + target + ", in);";
    }

    @Override
    public boolean holdsCollections() {
        return value;
    }

    @Override
    public boolean holdsRecords() {
        return entry.key().holdsRecords() || entry.value().holdsRecords();
    }

    @Override
    public String freeze(String expression) {
        return value ? "freeze" + label + "(" + expression + recordsArgument() + ")" : expression;
    }

    @Override
    public void addMethods(Source source) {
        source.blank()
                .add(
                        """
                        private static void write%1$s(%2$s value, StateWriter out) {
                        out.writeSize(value.size());
                        for (Map.Entry<%3$s, %4$s> entry : value.entrySet()) {
                        %5$s
                        %6$s
                        }
                        }

                        private static %2$s read%1$s(StateReader in) {
                        %7$s value = new %8$s<>();
                        readInto%1$s(value, in);
                        return %9$s;
                        }

                        private static void readInto%1$s(%7$s target, StateReader in) {
                        target.clear();
                        in.enter();
                        for (int left = in.readSize(); left > 0; left--) {
                        %3$s key = %10$s;
                        if (target.put(key, %11$s) != null) {
                        throw new EncodingException("a key twice");
                        }
                        }
                        in.leave();
                        }
                        """,
                        label,
                        javaType(),
                        entry.keyType(),
                        entry.valueType(),
                        entry.key().write("entry.getKey()"),
                        entry.value().write("entry.getValue()"),
                        mutableType(),
                        shape.implementation(),
                        value ? shape.frozen("value") : "value",
                        entry.key().read(),
                        entry.value().read());
        if (value) {
            addFreeze(source);
        } else {
            addCopies(source);
        }
    }

    /** In the order of the keys, whatever the order of the map is: bytes have no comparator either. */
    private void addFreeze(Source source) {
        source.blank().add("private static %2$s freeze%1$s(%2$s value%3$s) {", label, javaType(), recordsParameter());
        source.add("%s copy = new %s<>();", mutableType(), shape.implementation());
        if (entry.key().holdsCollections() || entry.value().holdsCollections()) {
            source.add("for (Map.Entry<%s, %s> entry : value.entrySet()) {", entry.keyType(), entry.valueType());
            source.add(
                            "copy.put(%s, %s);",
                            entry.key().freeze("entry.getKey()"), entry.value().freeze("entry.getValue()"))
                    .add("}");
        } else {
            source.add("copy.putAll(value);");
        }
        source.add("return %s;", shape.frozen("copy")).add("}");
    }

    private void addCopies(Source source) {
        source.blank().add("private static %2$s copy%1$s(%2$s value) {", label, javaType());
        if (entry.value().isMutable()) {
            source.add("%s copy = new %s<>(%s);", javaType(), shape.implementation(), shape.emptyLike("value"));
            source.add("copyInto%s(copy, value);", label).add("return copy;");
        } else {
            source.add("return new %s<>(value);", shape.implementation());
        }
        source.add("}").blank();
        source.add("private static void copyInto%1$s(%2$s target, %2$s source) {", label, javaType());
        source.add("target.clear();");
        if (entry.value().isMutable()) {
            source.add("for (Map.Entry<%s, %s> entry : source.entrySet()) {", entry.keyType(), entry.valueType());
            source.add("target.put(entry.getKey(), %s);", entry.value().copy("entry.getValue()"))
                    .add("}");
        } else {
            source.add("target.putAll(source);");
        }
        source.add("}");
    }

    private String mutableType() {
        return value ? shape.implementation() + "<" + entry.keyType() + ", " + entry.valueType() + ">" : javaType();
    }
}
