package dev.foresail.choice.processor.encoding;

import java.util.ArrayList;
import java.util.List;

/** A sealed interface of records: the record's place in the order of declaration, then the record. */
final class SealedEncoding extends Encoding {
    private final String label;
    private final List<Encoding> records = new ArrayList<>();
    private boolean namingSchema;
    private boolean askingForCollections;
    private boolean askingForRecords;

    SealedEncoding(String javaType, String label) {
        super(javaType);
        this.label = label;
    }

    void addRecord(Encoding encoding) {
        records.add(encoding);
    }

    @Override
    public String schema() {
        if (namingSchema) {
            return javaType();
        }
        namingSchema = true;
        StringBuilder schema = new StringBuilder("sealed ").append(javaType()).append('(');
        for (Encoding each : records) {
            schema.append(each.schema()).append(';');
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
        boolean holds = records.stream().anyMatch(Encoding::holdsCollections);
        askingForCollections = false;
        return holds;
    }

    @Override
    public boolean holdsRecords() {
        if (askingForRecords) {
            return false;
        }
        askingForRecords = true;
        boolean holds = records.stream().anyMatch(Encoding::holdsRecords);
        askingForRecords = false;
        return holds;
    }

    @Override
    public String freeze(String value) {
        return holdsCollections() ? "freeze" + label + "(" + value + recordsArgument() + ")" : value;
    }

    @Override
    public void addMethods(Source source) {
        source.blank().add("private static void write%s(%s value, StateWriter out) {", label, javaType());
        for (int index = 0; index < records.size(); index++) {
            source.add(
                    "%sif (value instanceof %s record) {",
                    index == 0 ? "" : "} else ", records.get(index).javaType());
            source.add("out.writeIndex(%s);", index).add(records.get(index).write("record"));
        }
        source.add("}").add("}").blank();
        source.add("private static %s read%s(StateReader in) {", javaType(), label);
        source.add("int kind = in.readIndex(%s);", records.size());
        source.add("in.enter();");
        source.add("%s value = switch (kind) {", javaType());
        for (int index = 0; index < records.size(); index++) {
            String kind = index == records.size() - 1 ? "default" : "case " + index;
            source.add("%s -> %s;", kind, records.get(index).read());
        }
        source.add("};").add("in.leave();").add("return value;").add("}");
        if (holdsCollections()) {
            addFreeze(source);
        }
    }

    private void addFreeze(Source source) {
        source.blank().add("private static %2$s freeze%1$s(%2$s value%3$s) {", label, javaType(), recordsParameter());
        for (Encoding each : records) {
            if (each.holdsCollections()) {
                source.add("if (value instanceof %s record) {", each.javaType());
                source.add("return %s;", each.freeze("record")).add("}");
            }
        }
        source.add("return value;").add("}");
    }
}
