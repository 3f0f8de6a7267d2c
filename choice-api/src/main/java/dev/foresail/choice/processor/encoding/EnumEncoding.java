package dev.foresail.choice.processor.encoding;

import java.util.List;
import java.util.Locale;

/** An enum: its ordinal. */
final class EnumEncoding extends Encoding {
    private final List<String> constants;
    private final String values;

    EnumEncoding(String javaType, String label, List<String> constants) {
        super(javaType);
        this.constants = constants;
        this.values = label.toUpperCase(Locale.ROOT) + "_VALUES";
    }

    @Override
    public String schema() {
        return "enum " + javaType() + constants;
    }

    @Override
    public String write(String value) {
        return "out.writeIndex(" + value + ".ordinal());";
    }

    @Override
    public String read() {
        return values + "[in.readIndex(" + values + ".length)]";
    }

    @Override
    public void addMethods(Source source) {
        source.blank().add("private static final %1$s[] %2$s = %1$s.values();", javaType(), values);
    }
}
