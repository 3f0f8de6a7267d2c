package dev.foresail.choice.processor.generate;

import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.choice.processor.encoding.Source;
import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.Configuration;
import dev.foresail.choice.processor.model.ControlStates;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.HandlerParameter;
import dev.foresail.choice.processor.model.PhaseModel;
import dev.foresail.choice.processor.model.TimeOutModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationMirror;

/** What the machine says of the protocol: parameters, timers, calls, handlers. */
final class DescriptionSection {
    private final Unit unit;

    DescriptionSection(Unit unit) {
        this.unit = unit;
    }

    void addConstants(Source source) {
        source.addList("private static final List<ParameterDescription> PARAMETERS", parameters());
        List<String> timers = unit.model.timers().stream().map(Unit::quoted).toList();
        source.addList("private static final List<String> TIMERS", timers);
        source.addList("private static final List<CallDescription> CALLS", calls());
        List<String> handlers = new ArrayList<>(
                unit.model.handlers().stream().map(this::handler).toList());
        handlers.addAll(DetectorSection.descriptions(unit));
        handlers.addAll(PhaseSection.descriptions(unit));
        source.addList("private static final List<HandlerDescription> HANDLERS", handlers);
    }

    void addTo(Source source) {
        addGetter(source, "String", "protocol", Unit.quoted(unit.model.name()));
        addGetter(source, "long", "schema", "0x%016xL".formatted(Schema.of(unit)));
        addGetter(source, "Class<" + unit.self() + ">", "stateType", unit.self() + ".class");
        addGetter(source, "List<ParameterDescription>", "parameters", "PARAMETERS");
        addGetter(source, "List<String>", "timers", "TIMERS");
        addGetter(source, "List<CallDescription>", "calls", "CALLS");
        addGetter(source, "List<HandlerDescription>", "handlers", "HANDLERS");
        if (!unit.model.handlersOf(HandlerModel.Kind.SUSPICION).isEmpty()) {
            addGetter(source, "boolean", "handlesSuspicions", "true");
        }
        if (unit.model.handlersOf(HandlerModel.Kind.CONNECTION_ERROR).isEmpty() && unit.phases.isEmpty()) {
            addGetter(source, "boolean", "handlesConnectionErrors", "false");
        }
        addTimeOuts(source);
    }

    private void addTimeOuts(Source source) {
        List<String> timeOuts = TimeOutModel.all(unit.model).stream()
                .map(each -> "new TimeOutDescription(%s, %s, %s, state.%s, %s, List.of(%s))"
                        .formatted(
                                Unit.quoted(unit.model.name()),
                                Unit.quoted(each.name()),
                                Unit.quoted(each.awaited()),
                                each.expression(),
                                each.isLocal(),
                                unit.usesConnections() ? "TimeOutDescription.CONNECTIONS" : ""))
                .toList();
        if (!timeOuts.isEmpty()) {
            source.blank()
                    .add("@Override")
                    .add("public List<TimeOutDescription> timeOuts(%s state) {", unit.self())
                    .add("return List.of(\n%s);", String.join(",\n", timeOuts))
                    .add("}");
        }
        if (!unit.usesConnections()) {
            addGetter(source, "boolean", "usesConnections", "false");
        }
    }

    static void addGetter(Source source, String type, String name, String value) {
        source.blank()
                .add("@Override")
                .add("public %s %s() {", type, name)
                .add("return %s;", value)
                .add("}");
    }

    private List<String> parameters() {
        List<String> descriptions = new ArrayList<>();
        for (Configuration each : unit.model.configuration()) {
            String fallback = Annotations.find(each.parameter(), "Default")
                    .map(found -> "Optional.of(" + Unit.quoted(Annotations.text(found, "value", "")) + ")")
                    .orElse("Optional.empty()");
            descriptions.add("new ParameterDescription(%s, %s.class, %s)"
                    .formatted(
                            Unit.quoted(each.name()),
                            unit.names.raw(each.parameter().asType()),
                            fallback));
        }
        return descriptions;
    }

    private List<String> calls() {
        List<String> descriptions = new ArrayList<>();
        for (String call : unit.model.keys(HandlerModel.Kind.CALL)) {
            HandlerModel handler =
                    unit.model.handlersOf(HandlerModel.Kind.CALL, call).get(0);
            String arguments = handler.with(HandlerParameter.Role.ARGUMENT).stream()
                    .map(each -> "new ParameterDescription(%s, %s.class, Optional.empty())"
                            .formatted(Unit.quoted(each.name()), unit.names.raw(each.type())))
                    .collect(Collectors.joining(", "));
            descriptions.add("new CallDescription(%s, List.of(%s))".formatted(Unit.quoted(call), arguments));
        }
        return descriptions;
    }

    private String handler(HandlerModel handler) {
        String points = handler.choices().stream()
                .map(each -> choicePoint(handler, each))
                .collect(Collectors.joining(", "));
        return "new HandlerDescription(%s, %s, List.of(%s), List.of(%s), List.of(%s))"
                .formatted(
                        Unit.quoted(handler.kind() == HandlerModel.Kind.SILENCE ? handler.key() : handler.name()),
                        Unit.quoted(handler.choice()),
                        points,
                        events(handler).stream().map(Unit::quoted).collect(Collectors.joining(", ")),
                        guards(handler).stream().map(Unit::quoted).collect(Collectors.joining(", ")));
    }

    /** The control states first: what a person reads of why a handler does not apply. */
    private static List<String> guards(HandlerModel handler) {
        List<String> guards = new ArrayList<>();
        ControlStates.of(handler).ifPresent(states -> guards.add("in " + String.join(" or ", states)));
        guards.addAll(handler.when());
        return guards;
    }

    /** What the handler handles, as {@link Event#kind} names it. */
    private List<String> events(HandlerModel handler) {
        return switch (handler.kind()) {
            case START -> List.of("start");
            case RESTART -> List.of("restart");
            case MESSAGE ->
                handler.messages().stream()
                        .map(message -> "message "
                                + PhaseModel.asking(message, unit.model)
                                        .map(PhaseModel::askName)
                                        .orElse(message.getSimpleName().toString()))
                        .toList();
            case TIMER, SILENCE -> List.of("timer " + handler.key());
            case CALL -> List.of("call " + handler.key());
            case CONNECTION_ERROR -> List.of("connection error");
            case SUSPICION -> List.of("suspicion");
            case DOWNCALL, UPCALL, CHANGE, PHASE -> List.of();
        };
    }

    private String choicePoint(HandlerModel handler, HandlerParameter parameter) {
        AnnotationMirror point =
                Annotations.find(parameter.element(), "ChoicePoint").orElseThrow();
        String name = unit.model.name() + "." + handler.name() + "." + parameter.name();
        return "new ChoicePointDescription(%s, Fallback.%s, %s, %s)"
                .formatted(
                        Unit.quoted(name),
                        Annotations.text(point, "fallback", "RANDOM"),
                        duration(Annotations.text(point, "await", "")),
                        Annotations.text(point, "repeatable", "false"));
    }

    /** The expression of a duration that the checks have read before; empty text: zero. */
    static String duration(String text) {
        return text.isBlank()
                ? "Duration.ZERO"
                : "Duration.ofNanos(" + ParameterValues.duration(text).toNanos() + "L)";
    }
}
