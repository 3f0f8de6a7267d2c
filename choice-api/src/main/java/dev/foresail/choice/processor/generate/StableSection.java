package dev.foresail.choice.processor.generate;

import dev.foresail.choice.processor.encoding.Source;
import dev.foresail.choice.processor.model.ProtocolReader;
import dev.foresail.choice.processor.model.Sources;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.type.TypeMirror;

/** Comparing, merging and encoding the stable fields; nothing for a protocol without. */
final class StableSection {
    private final Unit unit;
    private final List<StateField> fields;

    StableSection(Unit unit) {
        this.unit = unit;
        this.fields = unit.stateFields.stream().filter(StateField::isStable).toList();
    }

    void addTo(Source source) {
        if (!fields.isEmpty()
                || unit.model.layer().isLayer()
                || !unit.model.generics().isEmpty()) {
            addBlank(source);
        }
        if (fields.isEmpty()) {
            return;
        }
        DescriptionSection.addGetter(source, "boolean", "hasStableFields", "true");
        addHasSame(source);
        addHasNew(source);
        addMerge(source);
        addWrite(source);
        addRead(source);
    }

    /** Also of a layer without stable fields, as others of its stack may have some, and where generic nodes begin with it. */
    private void addBlank(Source source) {
        source.blank()
                .add("@Override")
                .add("public %1$s blank(%1$s like) {", unit.self())
                .add("return %s;", unit.constructLike("like"))
                .add("}");
    }

    private void addHasSame(Source source) {
        String same = fields.stream()
                .map(field -> "Objects.equals(one.%1$s, other.%1$s)".formatted(field.name()))
                .collect(Collectors.joining("\n&& "));
        source.blank()
                .add("@Override")
                .add("public boolean hasSameStable(%1$s one, %1$s other) {", unit.self())
                .add("return %s;", same)
                .add("}");
    }

    private void addHasNew(Source source) {
        source.blank()
                .add("@Override")
                .add("public boolean hasNewStable(%1$s from, %1$s into) {", unit.self())
                .add("return %s;", fields.stream().map(this::isNew).collect(Collectors.joining("\n|| ")))
                .add("}");
    }

    /** The expression that says whether the field of {@code from} has what that of {@code into} has not. */
    private String isNew(StateField field) {
        String from = "from." + field.name();
        String into = "into." + field.name();
        String test = switch (kind(field)) {
            case OPTIONAL -> "%2$s.isEmpty()";
            case LIST -> "%2$s.size() < %1$s.size()";
            case MAP -> "!%2$s.keySet().containsAll(%1$s.keySet())";
            case SET -> "!%2$s.containsAll(%1$s)";
        };
        String known = test.formatted(from, into);
        String some = kind(field) == Kind.OPTIONAL ? from + ".isPresent()" : "!" + from + ".isEmpty()";
        return field.isNullable()
                ? "(%1$s != null && %3$s && (%2$s == null || %4$s))".formatted(from, into, some, known)
                : known;
    }

    private void addMerge(Source source) {
        source.blank().add("@Override").add("public void mergeStable(%1$s from, %1$s into) {", unit.self());
        for (StateField field : fields) {
            source.add("if (%s) {", isNew(field));
            merge(source, field);
            source.add("}");
        }
        source.add("}");
    }

    private void merge(Source source, StateField field) {
        String from = "from." + field.name();
        String into = "into." + field.name();
        if (kind(field) == Kind.OPTIONAL) {
            source.add("%s = %s;", into, from);
        } else if (kind(field) == Kind.LIST) {
            source.add(
                    field.isFinal() ? field.encoding().copyInto(into, from) : into + " = " + copy(field, from) + ";");
        } else if (field.isFinal()) {
            source.add(added(field, into, from));
        } else {
            source.add(
                    "%s merged = %s;",
                    field.encoding().javaType(), copy(field, "(" + into + " == null ? " + from + " : " + into + ")"));
            source.add(added(field, "merged", from)).add("%s = merged;", into);
        }
    }

    private static String copy(StateField field, String value) {
        return field.encoding().copy(value);
    }

    private String added(StateField field, String target, String from) {
        return kind(field) == Kind.MAP
                ? "%2$s.forEach(%1$s::putIfAbsent);".formatted(target, from)
                : "%s.addAll(%s);".formatted(target, from);
    }

    private void addWrite(Source source) {
        source.blank().add("@Override").add("public void writeStable(%s state, StateWriter out) {", unit.self());
        StateSection.addWriteOf(source, fields);
        source.add("}");
    }

    private void addRead(Source source) {
        source.blank()
                .add("@Override")
                .add("public %1$s readStable(StateReader in, %1$s like) {", unit.self())
                .add("%s state = %s;", unit.self(), unit.constructLike("like"));
        StateSection.addReadOf(source, fields);
        source.add("return state;").add("}");
    }

    private enum Kind {
        SET,
        MAP,
        LIST,
        OPTIONAL
    }

    private Kind kind(StateField field) {
        TypeMirror type = field.field().asType();
        if (ProtocolReader.isType(type, "java.util.Optional")) {
            return Kind.OPTIONAL;
        }
        if (Sources.isMap(type, unit.types)) {
            return Kind.MAP;
        }
        boolean list =
                ProtocolReader.isType(type, "java.util.List") || ProtocolReader.isType(type, "java.util.ArrayList");
        return list ? Kind.LIST : Kind.SET;
    }
}
