package dev.foresail.choice.processor.encoding;

/** An optional: a flag, and the value when there is one. */
final class OptionalEncoding extends Encoding {
    private final String label;
    private final Encoding element;

    OptionalEncoding(String javaType, String label, Encoding element) {
        super(javaType);
        this.label = label;
        this.element = element;
    }

    @Override
    public String schema() {
        return "Optional<" + element.schema() + ">";
    }

    @Override
    public String write(String value) {
        return "write" + label + "(" + value + ", out);";
    }

    @Override
    public String read() {
        return "read" + label + "(in)";
    }

    @Override
    public boolean holdsCollections() {
        return element.holdsCollections();
    }

    @Override
    public boolean holdsRecords() {
        return element.holdsRecords();
    }

    @Override
    public String freeze(String value) {
        return holdsCollections() ? "freeze" + label + "(" + value + recordsArgument() + ")" : value;
    }

    @Override
    public void addMethods(Source source) {
        source.blank().add("""
                        private static void write%1$s(%2$s value, StateWriter out) {
                        out.writeBoolean(value.isPresent());
                        if (value.isPresent()) {
                        %3$s
                        }
                        }

                        private static %2$s read%1$s(StateReader in) {
                        if (!in.readBoolean()) {
                        return Optional.empty();
                        }
                        in.enter();
                        %2$s value = Optional.of(%4$s);
                        in.leave();
                        return value;
                        }
                        """, label, javaType(), element.write("value.get()"), element.read());
        if (holdsCollections()) {
            source.blank().add("""
                            private static %2$s freeze%1$s(%2$s value%4$s) {
                            return value.isPresent() ? Optional.of(%3$s) : value;
                            }
                            """, label, javaType(), element.freeze("value.get()"), recordsParameter());
        }
    }
}
