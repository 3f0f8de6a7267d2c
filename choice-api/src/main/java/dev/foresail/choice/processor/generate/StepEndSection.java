package dev.foresail.choice.processor.generate;

import dev.foresail.choice.processor.encoding.Encoding;
import dev.foresail.choice.processor.encoding.Source;
import dev.foresail.choice.processor.model.Changes;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.HandlerParameter;
import dev.foresail.choice.processor.model.ProtocolModel;
import java.util.ArrayList;
import java.util.List;

/** What follows at the end of a step: handlers of changes, ends of phases, and detectors; nothing for a protocol without. */
final class StepEndSection {
    private final Unit unit;
    /** Handlers of changes and ends of phases, in the order of the source. */
    private final List<HandlerModel> following;

    private final List<HandlerModel> changes;
    private final List<StateField> fields;
    private final Expressions expressions;

    StepEndSection(Unit unit) {
        this.unit = unit;
        this.following = unit.model.changes();
        this.changes = following.stream()
                .filter(each -> each.kind() == HandlerModel.Kind.CHANGE)
                .toList();
        List<String> watched = changes.stream()
                .flatMap(each -> Changes.fields(each).stream())
                .distinct()
                .toList();
        this.fields = unit.stateFields.stream()
                .filter(each -> watched.contains(each.name()))
                .toList();
        this.expressions = new Expressions(unit);
    }

    /** Whether the protocol has something to do there. */
    static boolean isNeeded(ProtocolModel model) {
        return !model.changes().isEmpty()
                || !model.handlersOf(HandlerModel.Kind.SILENCE).isEmpty();
    }

    void addTo(Source source) {
        if (!isNeeded(unit.model)) {
            return;
        }
        DescriptionSection.addGetter(
                source, "Optional<StepEnd<" + unit.self() + ">>", "stepEnd", "Optional.of(STEP_END)");
        if (!changes.isEmpty()) {
            addWatched(source);
        }
        source.blank().add("private static final class AtStepEnd implements StepEnd<%s> {", unit.self());
        addWatch(source);
        addChanged(source);
        addRun(source);
        new DetectorSection(unit).addForget(source);
        addSettle(source);
        for (HandlerModel handler : changes) {
            expressions.condition(handler).ifPresent(condition -> addCondition(source, handler, condition));
        }
        new PhaseSection(unit).addDue(source);
        source.add("}");
    }

    private void addSettle(Source source) {
        source.blank().add("@Override").add("public void settle(%s state, Node node) {", unit.self());
        new PhaseSection(unit).addSettle(source);
        new DetectorSection(unit).addSettle(source);
        source.add("}");
    }

    void addConstants(Source source) {
        if (isNeeded(unit.model)) {
            source.add("private static final StepEnd<%s> STEP_END = new AtStepEnd();", unit.self());
        }
    }

    private void addWatched(Source source) {
        source.blank().add("/** What handlers of changes compare. */").add("private static final class Watched {");
        fields.forEach(field -> source.add("final %s value%s;", type(field), index(field)));
        rising().forEach(handler -> source.add("boolean holds%s;", handler.index()));
        waiting().forEach(handler -> source.add("Watched heard%s = this;", handler.index()));
        source.blank().add("Watched(%s state, Node node) {", unit.self());
        for (StateField field : fields) {
            source.add("value%s = %s;", index(field), copy(field, "state." + field.name()));
        }
        rising().forEach(handler -> source.add("holds%1$s = AtStepEnd.applies%1$s(state, node);", handler.index()));
        source.add("}").add("}");
    }

    /** Those that wait for their guards to come to hold. */
    private List<HandlerModel> rising() {
        return changes.stream().filter(each -> Changes.fields(each).isEmpty()).toList();
    }

    /** Those whose changes may have to wait for their guards: each keeps apart what it has heard of last. */
    private List<HandlerModel> waiting() {
        return changes.stream().filter(StepEndSection::mayWait).toList();
    }

    private static boolean mayWait(HandlerModel handler) {
        return !Changes.fields(handler).isEmpty() && Changes.hasCondition(handler);
    }

    /** What the handler has heard of last. */
    private static String earlier(HandlerModel handler) {
        return mayWait(handler) ? "earlier.heard" + handler.index() : "earlier";
    }

    private int index(StateField field) {
        return fields.indexOf(field);
    }

    private String type(StateField field) {
        return unit.names.of(field.field().asType());
    }

    private static String copy(StateField field, String value) {
        Encoding encoding = field.encoding();
        if (!encoding.isMutable()) {
            return value;
        }
        return field.isNullable()
                ? "%1$s == null ? null : %2$s".formatted(value, encoding.copy(value))
                : encoding.copy(value);
    }

    private void addWatch(Source source) {
        source.add("@Override").add("public Object watched(%s state, Node node) {", unit.self());
        source.add(changes.isEmpty() ? "return List.of();" : "return new Watched(state, node);")
                .add("}");
    }

    private void addChanged(Source source) {
        source.blank()
                .add("@Override")
                .add("public List<String> changed(%s state, Object before, Node node) {", unit.self());
        if (following.isEmpty()) {
            source.add("return List.of();").add("}");
            return;
        }
        if (!changes.isEmpty()) {
            source.add("Watched earlier = (Watched) before;");
        }
        source.add("List<String> changed = new ArrayList<>(0);");
        for (HandlerModel handler : following) {
            source.add("if (%s) {", isCalled(handler));
            source.add("changed.add(%s);", Unit.quoted(handler.name())).add("}");
        }
        source.add("return changed;").add("}");
    }

    /** Whether there is something for the handler to do now. */
    private String isCalled(HandlerModel handler) {
        if (handler.kind() == HandlerModel.Kind.PHASE) {
            return "due" + handler.index() + "(state, node)";
        }
        String differs = differs(handler, "state.");
        return mayWait(handler) ? "(" + differs + ") && applies" + handler.index() + "(state, node)" : differs;
    }

    private void addRun(Source source) {
        source.blank()
                .add("@Override")
                .add("public void run(%s state, Object before, Object after, Node node) {", unit.self());
        if (!changes.isEmpty()) {
            source.add("Watched earlier = (Watched) before;").add("Watched later = (Watched) after;");
        }
        for (HandlerModel handler : following) {
            if (handler.kind() == HandlerModel.Kind.PHASE) {
                PhaseSection.addEnd(source, PhaseSection.of(handler, unit), unit);
            } else {
                addRunOf(source, handler);
            }
        }
        source.add("}");
    }

    private void addRunOf(Source source, HandlerModel handler) {
        String call = "state.%s(%s);".formatted(handler.name(), String.join(", ", arguments(handler)));
        source.add("if (%s) {", differs(handler, "later."));
        if (Changes.hasCondition(handler)) {
            source.add("if (applies%s(state, node)) {", handler.index())
                    .add("%s", call)
                    .add("} else {")
                    .add("%s", kept(handler))
                    .add("}");
        } else {
            source.add("%s", call);
        }
        source.add("}");
    }

    /** Keeps the change for a later round, as the guards do not hold. */
    private static String kept(HandlerModel handler) {
        return (mayWait(handler) ? "later.heard%1$s = earlier.heard%1$s;" : "later.holds%1$s = false;")
                .formatted(handler.index());
    }

    /** Whether what the handler watches is different from {@code earlier} in {@code now}: the state, or what was watched later. */
    private String differs(HandlerModel handler, String now) {
        boolean ofState = now.equals("state.");
        List<String> differences = new ArrayList<>();
        for (String name : Changes.fields(handler)) {
            StateField field = named(name);
            String before = earlier(handler) + ".value" + index(field);
            String after = ofState ? now + name : now + "value" + index(field);
            differences.add("!StepEnds.isSame(%s, %s)".formatted(before, after));
        }
        if (differences.isEmpty()) {
            String holds = ofState ? "applies" + handler.index() + "(state, node)" : now + "holds" + handler.index();
            differences.add("!earlier.holds" + handler.index() + " && " + holds);
        }
        return String.join(" || ", differences);
    }

    private StateField named(String name) {
        return fields.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> arguments(HandlerModel handler) {
        List<String> arguments = new ArrayList<>();
        for (HandlerParameter parameter : handler.parameters()) {
            if (parameter.role() == HandlerParameter.Role.BEFORE) {
                StateField field = named(Changes.fields(handler).get(parameter.argument()));
                arguments.add(copy(field, earlier(handler) + ".value" + index(field)));
            } else {
                arguments.add("node");
            }
        }
        return arguments;
    }

    private void addCondition(Source source, HandlerModel handler, String condition) {
        source.blank().add("static boolean applies%s(%s state, Node node) {", handler.index(), unit.self());
        source.add("""
                LayerCalls.asks(node);
                try {
                return %s;
                } finally {
                LayerCalls.answered(node);
                }
                }
                """, condition);
    }
}
