package dev.foresail.choice.processor.encoding;

/** A collection of a defined order: its size and its elements. */
final class CollectionEncoding extends Encoding {
    private final CollectionShape shape;
    private final String label;
    private final Encoding element;
    private final String elementType;
    private final boolean value;

    /**
     * @param elementType the element's boxed type
     * @param value whether it belongs to an immutable value: shared by copies, unmodifiable when read
     */
    CollectionEncoding(
            String javaType, CollectionShape shape, String label, Encoding element, String elementType, boolean value) {
        super(javaType);
        this.shape = shape;
        this.label = label;
        this.element = element;
        this.elementType = elementType;
        this.value = value;
    }

    @Override
    public String schema() {
        return shape.schemaName() + "<" + element.schema() + ">";
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
        return element.holdsRecords();
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
                        for (%3$s element : value) {
                        %4$s
                        }
                        }

                        private static %2$s read%1$s(StateReader in) {
                        %5$s value = new %6$s<>();
                        readInto%1$s(value, in);
                        return %7$s;
                        }

                        private static void readInto%1$s(%5$s target, StateReader in) {
                        target.clear();
                        in.enter();
                        for (int left = in.readSize(); left > 0; left--) {
                        %8$s
                        }
                        in.leave();
                        }
                        """,
                        label,
                        javaType(),
                        element.javaType(),
                        element.write("element"),
                        mutableType(),
                        shape.implementation(),
                        value ? shape.frozen("value") : "value",
                        add());
        if (value) {
            addFreeze(source);
        } else {
            addCopies(source);
        }
    }

    private String add() {
        if (shape.isList()) {
            return "target.add(" + element.read() + ");";
        }
        return "if (!target.add(" + element.read() + ")) {\nthrow new EncodingException(\"an element twice\");\n}";
    }

    /** In the order of the elements, whatever the order of a sorted set is: bytes have no comparator either. */
    private void addFreeze(Source source) {
        source.blank().add("private static %2$s freeze%1$s(%2$s value%3$s) {", label, javaType(), recordsParameter());
        if (shape.isList() && !element.holdsCollections()) {
            source.add("return %s;", shape.frozen("value")).add("}");
            return;
        }
        source.add("%s copy = new %s<>();", mutableType(), shape.implementation());
        if (element.holdsCollections()) {
            source.add("for (%s element : value) {", element.javaType());
            source.add("copy.add(%s);", element.freeze("element")).add("}");
        } else {
            source.add("copy.addAll(value);");
        }
        source.add("return %s;", shape.frozen("copy")).add("}");
    }

    private void addCopies(Source source) {
        source.blank().add("""
                        private static %2$s copy%1$s(%2$s value) {
                        """, label, javaType());
        if (element.isMutable()) {
            source.add("%s copy = new %s<>(%s);", javaType(), shape.implementation(), shape.emptyLike("value"));
            source.add("copyInto%s(copy, value);", label).add("return copy;");
        } else {
            source.add("return new %s<>(value);", shape.implementation());
        }
        source.add("}").blank();
        source.add("private static void copyInto%1$s(%2$s target, %2$s source) {", label, javaType());
        source.add("target.clear();");
        if (element.isMutable()) {
            source.add("for (%s element : source) {", element.javaType());
            source.add("target.add(%s);", element.copy("element")).add("}");
        } else {
            source.add("target.addAll(source);");
        }
        source.add("}");
    }

    private String mutableType() {
        return value ? shape.implementation() + "<" + elementType + ">" : javaType();
    }
}
