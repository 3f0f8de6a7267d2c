package dev.foresail.choice.processor.generate;

import dev.foresail.choice.processor.encoding.Source;
import dev.foresail.choice.processor.model.Configuration;
import dev.foresail.choice.processor.model.PhaseModel;
import java.util.ArrayList;
import java.util.List;

/** Making, copying, encoding and showing the state. */
final class StateSection {
    private final Unit unit;

    StateSection(Unit unit) {
        this.unit = unit;
    }

    void addTo(Source source) {
        addCreate(source);
        addCopy(source);
        addRestarted(source);
        addTorn(source);
        addWrite(source);
        addRead(source);
        addDescribe(source);
        addValues(source);
    }

    private void addCreate(Source source) {
        List<String> arguments = new ArrayList<>();
        for (Configuration each : unit.model.configuration()) {
            String type = unit.names.boxed(each.parameter().asType());
            arguments.add("(" + type + ") parameterValues.get(" + arguments.size() + ")");
        }
        source.blank()
                .add(
                        """
                        @Override
                        public %1$s create(List<Object> parameterValues) {
                        if (parameterValues.size() != %2$s) {
                        throw new IllegalArgumentException("%3$s takes %2$s parameters, not " + parameterValues);
                        }
                        return %4$s;
                        }
                        """,
                        unit.self(), arguments.size(), unit.model.name(), unit.construct(String.join(", ", arguments)));
    }

    private void addCopy(Source source) {
        source.blank()
                .add("@Override")
                .add("public %1$s copy(%1$s state) {", unit.self())
                .add("%s copy = %s;", unit.self(), unit.constructLike("state"));
        unit.stateFields.forEach(each -> source.add(copyStatement(each)));
        source.add("return copy;").add("}");
    }

    private void addRestarted(Source source) {
        boolean forgets = unit.phases.stream().anyMatch(each -> !isDurable(each));
        source.blank().add("@Override").add("public %1$s restarted(%1$s state) {", unit.self());
        if (forgets) {
            source.add("%s copy = recovered(state);", unit.self());
            addForgotten(source, "state");
            source.add("return copy;")
                    .add("}")
                    .blank()
                    .add("@Override")
                    .add("public %1$s recovered(%1$s state) {", unit.self());
        }
        source.add("%s copy = %s;", unit.self(), unit.constructLike("state"));
        unit.stateFields.stream().filter(StateField::isDurable).forEach(each -> source.add(copyStatement(each)));
        source.add("return copy;").add("}");
    }

    private void addTorn(Source source) {
        List<StateField> durable =
                unit.stateFields.stream().filter(StateField::isDurable).toList();
        if (durable.isEmpty()) {
            return;
        }
        source.blank()
                .add("@Override")
                .add("public %1$s torn(%1$s newer, %1$s older, IntPredicate isNewer) {", unit.self())
                .add("%1$s copy = %2$s;", unit.self(), unit.constructLike("newer"))
                .add("%s state;", unit.self());
        for (int index = 0; index < durable.size(); index++) {
            source.add("state = isNewer.test(%s) ? newer : older;", index).add(copyStatement(durable.get(index)));
        }
        addForgotten(source, "newer");
        source.add("return copy;").add("}");
    }

    /** Of phases that are not durable something is left all the same. */
    private void addForgotten(Source source, String crashed) {
        for (PhaseModel phase : unit.phases) {
            if (!isDurable(phase)) {
                source.add("Phases.forget(copy.%1$s, %2$s.%1$s);", phase.of(), crashed);
            }
        }
    }

    private boolean isDurable(PhaseModel phase) {
        return unit.stateFields.stream().anyMatch(each -> each.name().equals(phase.of()) && each.isDurable());
    }

    private static String copyStatement(StateField field) {
        String target = "copy." + field.name();
        String origin = "state." + field.name();
        if (field.isFinal()) {
            return field.encoding().copyInto(target, origin);
        }
        if (!field.encoding().isMutable()) {
            return target + " = " + origin + ";";
        }
        return "%s = %s == null ? null : %s;"
                .formatted(target, origin, field.encoding().copy(origin));
    }

    private void addWrite(Source source) {
        source.blank().add("@Override").add("public void write(%s state, StateWriter out) {", unit.self());
        addWriteOf(source, unit.stateFields);
        source.add("}");
    }

    /** Writes the fields of {@code state} to {@code out}. */
    static void addWriteOf(Source source, List<StateField> fields) {
        boolean holdRecords = fields.stream().anyMatch(each -> each.encoding().holdsRecords());
        if (holdRecords) {
            source.add(Unit.enterRecords("out"));
        }
        fields.forEach(field -> addWriteOf(source, field));
        if (holdRecords) {
            source.add(Unit.leaveRecords("out"));
        }
    }

    /** Reads the fields of {@code state} from {@code in}. */
    static void addReadOf(Source source, List<StateField> fields) {
        boolean holdRecords = fields.stream().anyMatch(each -> each.encoding().holdsRecords());
        if (holdRecords) {
            source.add(Unit.enterRecords("in"));
        }
        fields.forEach(field -> addReadOf(source, field));
        if (holdRecords) {
            source.add(Unit.leaveRecords("in"));
        }
    }

    private static void addWriteOf(Source source, StateField field) {
        String value = "state." + field.name();
        if (field.isNullable()) {
            source.add("out.writeBoolean(%s != null);", value).add("if (%s != null) {", value);
            source.add(field.encoding().write(value)).add("}");
        } else {
            source.add(field.encoding().write(value));
        }
    }

    private void addRead(Source source) {
        source.blank()
                .add("@Override")
                .add("public %1$s read(StateReader in, %1$s like) {", unit.self())
                .add("%s state = %s;", unit.self(), unit.constructLike("like"));
        addReadOf(source, unit.stateFields);
        source.add("return state;").add("}");
    }

    private static void addReadOf(Source source, StateField field) {
        String target = "state." + field.name();
        if (field.isFinal()) {
            source.add(field.encoding().readInto(target));
        } else if (field.isNullable()) {
            source.add(
                    "%s = in.readBoolean() ? %s : null;",
                    target, field.encoding().read());
        } else {
            source.add("%s = %s;", target, field.encoding().read());
        }
    }

    private void addDescribe(Source source) {
        List<String> parts = new ArrayList<>();
        for (Configuration each : unit.model.configuration()) {
            parts.add(each.name() + "=\" + state." + each.name());
        }
        for (StateField field : unit.stateFields) {
            parts.add(field.name() + "=\" + " + shown(field));
        }
        source.blank().add("@Override").add("public String describe(%s state) {", unit.self());
        source.add("return %s;", parts.isEmpty() ? "\"\"" : "\"" + String.join("\n+ \", ", parts))
                .add("}");
    }

    private void addValues(Source source) {
        List<String> values = unit.stateFields.stream()
                .map(field ->
                        "new FieldValue(%s, String.valueOf(%s))".formatted(Unit.quoted(field.name()), shown(field)))
                .toList();
        source.blank().add("@Override").add("public List<FieldValue> values(%s state) {", unit.self());
        source.addReturnedList(values).add("}");
    }

    /** The expression that both {@code describe} and {@code values} show the field by. */
    private static String shown(StateField field) {
        String value = "state." + field.name();
        return field.encoding().javaType().contains("[]") ? "FieldValue.text(" + value + ")" : value;
    }
}
