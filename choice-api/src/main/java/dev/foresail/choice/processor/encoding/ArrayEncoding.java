package dev.foresail.choice.processor.encoding;

/** An array of primitives. */
final class ArrayEncoding extends Encoding {
    private final String label;
    private final Encoding element;

    ArrayEncoding(String javaType, String label, Encoding element) {
        super(javaType);
        this.label = label;
        this.element = element;
    }

    @Override
    public String schema() {
        return javaType();
    }

    @Override
    public boolean isMutable() {
        return true;
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
    public String copy(String value) {
        return value + ".clone()";
    }

    @Override
    public String copyInto(String target, String source) {
        return "System.arraycopy(%2$s, 0, %1$s, 0, %2$s.length);".formatted(target, source);
    }

    @Override
    public String readInto(String target) {
        return "readInto" + label + "(" + target + ", in);";
    }

    @Override
    public void addMethods(Source source) {
        source.blank().add("""
                        private static void write%1$s(%2$s value, StateWriter out) {
                        out.writeSize(value.length);
                        for (%3$s element : value) {
                        %4$s
                        }
                        }

                        private static %2$s read%1$s(StateReader in) {
                        %2$s value = new %3$s[in.readSize()];
                        for (int index = 0; index < value.length; index++) {
                        value[index] = %5$s;
                        }
                        return value;
                        }

                        private static void readInto%1$s(%2$s target, StateReader in) {
                        %2$s value = read%1$s(in);
                        if (value.length != target.length) {
                        throw new EncodingException("an array of " + value.length + ", expected " + target.length);
                        }
                        System.arraycopy(value, 0, target, 0, value.length);
                        }
                        """, label, javaType(), element.javaType(), element.write("element"), element.read());
    }
}
