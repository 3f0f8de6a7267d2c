package dev.foresail.choice.processor.encoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A record: its components in their order. Records are values: copies of the state share them. */
public final class RecordEncoding extends Encoding {
    /** The names that the generated methods use themselves. */
    private static final Set<String> TAKEN = Set.of("in", "out", "value", "refused");

    /** A component of the record. */
    record Component(String name, Encoding encoding) {
        String local() {
            return TAKEN.contains(name) ? name + "Value" : name;
        }
    }

    private final String label;
    private final boolean generic;
    private final List<Component> components = new ArrayList<>();
    private boolean namingSchema;
    private boolean askingForCollections;
    private boolean askingForRecords;

    RecordEncoding(String javaType, String label, boolean generic) {
        super(javaType);
        this.label = label;
        this.generic = generic;
    }

    void addComponent(String name, Encoding encoding) {
        components.add(new Component(name, encoding));
    }

    @Override
    public String schema() {
        if (namingSchema) {
            return javaType();
        }
        namingSchema = true;
        StringBuilder schema = new StringBuilder("record ").append(javaType()).append('(');
        for (Component component : components) {
            schema.append(component.name())
                    .append(':')
                    .append(component.encoding().schema())
                    .append(';');
        }
        namingSchema = false;
        return schema.append(')').toString();
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
        if (askingForCollections) {
            return false;
        }
        askingForCollections = true;
        boolean holds = components.stream().anyMatch(each -> each.encoding().holdsCollections());
        askingForCollections = false;
        return holds;
    }

    @Override
    public boolean holdsRecords() {
        if (askingForRecords) {
            return false;
        }
        askingForRecords = true;
        boolean holds = components.stream().anyMatch(each -> each.encoding().holdsRecords());
        askingForRecords = false;
        return holds;
    }

    @Override
    public String freeze(String value) {
        return holdsCollections() ? "freeze" + label + "(" + value + recordsArgument() + ")" : value;
    }

    @Override
    public void addMethods(Source source) {
        addWrite(source);
        addRead(source);
        if (holdsCollections()) {
            addFreeze(source);
        }
    }

    private void addWrite(Source source) {
        source.blank().add("private static void write%s(%s value, StateWriter out) {", label, javaType());
        if (components.isEmpty()) {
            source.add("out.writeByte(0);");
        }
        for (Component component : components) {
            source.add(component.encoding().write("value." + component.name() + "()"));
        }
        source.add("}");
    }

    private void addRead(Source source) {
        source.blank().add("private static %s read%s(StateReader in) {", javaType(), label);
        if (components.isEmpty()) {
            source.add("in.readIndex(1);")
                    .add("return new %s();", constructed())
                    .add("}");
            return;
        }
        source.add("in.enter();");
        List<String> locals = new ArrayList<>();
        for (Component component : components) {
            locals.add(component.local());
            source.add(
                    "%s %s = %s;",
                    component.encoding().javaType(),
                    component.local(),
                    component.encoding().read());
        }
        source.add("""
                in.leave();
                try {
                return new %s(%s);
                } catch (RuntimeException refused) {
                throw new EncodingException("no %s: " + refused.getMessage());
                }
                }
                """, constructed(), String.join(", ", locals), javaType());
    }

    /** The record itself when no component is another one than before. */
    private void addFreeze(Source source) {
        source.blank().add("private static %2$s freeze%1$s(%2$s value%3$s) {", label, javaType(), recordsParameter());
        List<String> arguments = new ArrayList<>();
        List<String> same = new ArrayList<>();
        for (Component component : components) {
            String value = "value." + component.name() + "()";
            if (component.encoding().holdsCollections()) {
                String frozen = "frozen" + arguments.size();
                source.add(
                        "%s %s = %s;",
                        component.encoding().javaType(),
                        frozen,
                        component.encoding().freeze(value));
                same.add(frozen + " == " + value);
                arguments.add(frozen);
            } else {
                arguments.add(value);
            }
        }
        source.add(
                        "return %s ? value : new %s(%s);",
                        String.join(" && ", same), constructed(), String.join(", ", arguments))
                .add("}");
    }

    private String constructed() {
        return generic ? javaType().substring(0, javaType().indexOf('<')) + "<>" : javaType();
    }
}
