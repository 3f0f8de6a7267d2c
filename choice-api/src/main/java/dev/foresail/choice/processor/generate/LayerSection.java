package dev.foresail.choice.processor.generate;

import dev.foresail.choice.processor.encoding.Source;
import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.HandlerParameter;
import dev.foresail.choice.processor.model.LayerModel;
import dev.foresail.choice.processor.model.ServiceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/** What a protocol has to do with other layers: its services, the fields by which it calls, the calls that it answers. */
final class LayerSection {
    private static final String PROVIDED = "PROVIDED";

    private final Unit unit;
    private final LayerModel layer;
    private final Expressions expressions;
    private final CrossingSection crossings;

    LayerSection(Unit unit) {
        this.unit = unit;
        this.layer = unit.model.layer();
        this.expressions = new Expressions(unit);
        this.crossings = new CrossingSection(unit);
    }

    void addConstants(Source source) {
        layer.provides()
                .ifPresent(each ->
                        source.add("private static final ServiceDescription %s = %s;", PROVIDED, description(each)));
        if (!layer.uses().isEmpty()) {
            source.addList(
                    "private static final List<ServiceDescription> USED",
                    layer.uses().stream()
                            .map(each -> description(each.service().orElseThrow()))
                            .toList());
        }
    }

    private String description(ServiceModel service) {
        return "new ServiceDescription(%s.class, %s, %s)"
                .formatted(unit.names.of(service.type()), calls(service.downcalls()), calls(service.upcalls()));
    }

    private String calls(List<ExecutableElement> calls) {
        return calls.stream().map(this::call).collect(Collectors.joining(", ", "List.of(", ")"));
    }

    private String call(ExecutableElement call) {
        int caller = -1;
        List<String> parameters = new ArrayList<>();
        for (VariableElement parameter : call.getParameters()) {
            caller = Annotations.has(parameter, "Caller") ? parameters.size() : caller;
            parameters.add(Unit.quoted(ServiceModel.typeName(parameter.asType(), unit.types)));
        }
        return "new ServiceCall(%s, List.of(%s), %s, %s)"
                .formatted(
                        Unit.quoted(call.getSimpleName().toString()),
                        String.join(", ", parameters),
                        Unit.quoted(ServiceModel.typeName(call.getReturnType(), unit.types)),
                        caller);
    }

    void addTo(Source source) {
        layer.provides()
                .ifPresent(each -> DescriptionSection.addGetter(
                        source, "Optional<ServiceDescription>", "provides", "Optional.of(" + PROVIDED + ")"));
        if (!layer.uses().isEmpty()) {
            DescriptionSection.addGetter(source, "List<ServiceDescription>", "uses", "USED");
        }
        if (unit.callsLayers()) {
            addBind(source);
        }
        layer.provides().ifPresent(each -> addDowncalls(source, each));
        if (layer.uses().stream()
                .anyMatch(each -> each.service().orElseThrow().upcallsType().isPresent())) {
            addUpcalls(source);
        }
        crossings.addTo(source);
    }

    private void addBind(Source source) {
        source.blank()
                .add("@Override")
                .add("public void bind(%s state, List<?> below, Receivers above, Handover records) {", unit.self());
        for (int index = 0; index < layer.uses().size(); index++) {
            source.add("state.%s = new Used%s(below.get(%s), records);", field(index), index, index);
        }
        for (VariableElement field : layer.above()) {
            source.add("state.%s = new AboveUsers(above, records);", field.getSimpleName());
        }
        source.add("}").blank();
        source.add("/** The state, bound to nobody. */").add("private %1$s alone(%1$s state) {", unit.self());
        for (int index = 0; index < layer.uses().size(); index++) {
            source.add("state.%s = %s;", field(index), "alone" + index);
        }
        for (VariableElement field : layer.above()) {
            source.add("state.%s = aloneAbove;", field.getSimpleName());
        }
        source.add("return state;").add("}");
    }

    /** What fields are bound to that are bound to nobody: one object for all states. */
    void addFields(Source source) {
        for (int index = 0; index < layer.uses().size(); index++) {
            source.add("private final Alone%1$s alone%1$s = new Alone%1$s();", index);
        }
        if (!layer.above().isEmpty()) {
            source.add(
                    "private final AboveUsers aloneAbove = new AboveUsers(Receivers.nobody(this, %s), Handover.alone(this));",
                    PROVIDED);
        }
    }

    private String field(int use) {
        return layer.uses().get(use).field().getSimpleName().toString();
    }

    private void addDowncalls(Source source, ServiceModel service) {
        source.blank()
                .add("@Override")
                .add("public Object downcalls(%s state, Crossing crossing) {", unit.self())
                .add("return new Answered(state, crossing);")
                .add("}");
        for (int method = 0; method < service.downcalls().size(); method++) {
            addHandling(
                    source,
                    "downcall" + method,
                    ", String caller",
                    new Call(
                            service.downcalls().get(method),
                            new LayerModel.Place(-1, method),
                            PROVIDED + ".downcalls().get(" + method + ")"));
        }
    }

    private void addUpcalls(Source source) {
        List<String> cases = new ArrayList<>();
        for (int index = 0; index < layer.uses().size(); index++) {
            ServiceModel service = layer.uses().get(index).service().orElseThrow();
            if (service.upcallsType().isPresent()) {
                cases.add("case %1$s -> new Taken%1$s(state, node, records);".formatted(index));
            }
        }
        source.blank()
                .add("@Override")
                .add(
                        "public Object upcalls(%s state, int service, Supplier<Node> node, Handover records) {",
                        unit.self())
                .addSwitch("service", cases, "new IllegalArgumentException(\"no such service: \" + service)")
                .add("}");
        for (int index = 0; index < layer.uses().size(); index++) {
            List<ExecutableElement> upcalls =
                    layer.uses().get(index).service().orElseThrow().upcalls();
            for (int method = 0; method < upcalls.size(); method++) {
                LayerModel.Place place = new LayerModel.Place(index, method);
                if (!layer.handlersOf(place).isEmpty()) {
                    String description = "USED.get(" + index + ").upcalls().get(" + method + ")";
                    addHandling(
                            source,
                            "upcall" + method + "Of" + index,
                            "",
                            new Call(upcalls.get(method), place, description));
                }
            }
        }
    }

    /**
     * A call of another layer.
     *
     * @param description the expression of what is known of it where the code runs
     */
    private record Call(ExecutableElement method, LayerModel.Place place, String description) {}

    /** The method that asks the handlers of a call. */
    private void addHandling(Source source, String name, String caller, Call call) {
        List<String> parameters = CrossingSection.parameters(unit, call.method);
        source.blank()
                .add(
                        "private %s %s(%s state, Node node%s%s) {",
                        unit.names.of(call.method.getReturnType()),
                        name,
                        unit.self(),
                        caller,
                        parameters.stream().map(each -> ", " + each).collect(Collectors.joining()));
        List<HandlerModel> handlers = layer.handlersOf(call.place);
        if (handlers.size() == 1 && condition(handlers.get(0), call).isEmpty()) {
            source.add("%s%s;", CrossingSection.isVoid(call.method) ? "" : "return ", answer(handlers.get(0)));
        } else {
            addTaken(source, handlers, call);
            addAnswers(source, handlers, call);
        }
        source.add("}");
    }

    /** Finds the one handler that is enabled. */
    private void addTaken(Source source, List<HandlerModel> handlers, Call call) {
        source.add("int taken = -1;");
        boolean asks = handlers.stream().anyMatch(each -> !each.when().isEmpty());
        if (asks) {
            source.add("LayerCalls.asks(node);").add("try {");
        }
        for (int index = 0; index < handlers.size(); index++) {
            Optional<String> condition = condition(handlers.get(index), call);
            condition.ifPresent(each -> source.add("if (%s) {", each));
            source.add("taken = LayerCalls.only(this, %s, taken, %s);", call.description, index);
            condition.ifPresent(each -> source.add("}"));
        }
        if (asks) {
            source.add("} finally {").add("LayerCalls.answered(node);").add("}");
        }
    }

    private void addAnswers(Source source, List<HandlerModel> handlers, Call call) {
        List<String> cases = new ArrayList<>();
        for (int index = 0; index < handlers.size(); index++) {
            cases.add("case %s -> %s;".formatted(index, answer(handlers.get(index))));
        }
        String arguments = IntStream.range(0, call.method.getParameters().size())
                .mapToObj(place -> ", argument" + place)
                .collect(Collectors.joining());
        String failure = "LayerCalls.noHandler(this, " + call.description + arguments + ")";
        if (CrossingSection.isVoid(call.method)) {
            source.add("switch (taken) {");
            cases.forEach(source::add);
            source.add("default -> throw %s;", failure).add("}");
        } else {
            source.addSwitch("taken", cases, failure);
        }
    }

    /** When the handler is enabled; empty: always. */
    private Optional<String> condition(HandlerModel handler, Call call) {
        List<String> conditions = new ArrayList<>();
        if (!messages(handler).isEmpty()) {
            for (HandlerParameter each : handler.with(HandlerParameter.Role.ARGUMENT)) {
                TypeMirror wanted =
                        call.method.getParameters().get(each.argument()).asType();
                if (!unit.types.isSameType(wanted, each.type())) {
                    conditions.add("argument%s instanceof %s".formatted(each.argument(), unit.names.raw(each.type())));
                }
            }
        }
        expressions.condition(handler).ifPresent(conditions::add);
        return conditions.isEmpty() ? Optional.empty() : Optional.of(String.join(" && ", conditions));
    }

    private List<TypeElement> messages(HandlerModel handler) {
        return layer.answers().stream()
                .filter(each -> each.handler().equals(handler))
                .flatMap(each -> each.messages().stream())
                .toList();
    }

    private String answer(HandlerModel handler) {
        List<String> arguments = new ArrayList<>();
        for (HandlerParameter parameter : handler.parameters()) {
            arguments.add(
                    switch (parameter.role()) {
                        case ARGUMENT -> expressions.layerArgument(parameter);
                        case CALLER -> "caller";
                        default -> "node";
                    });
        }
        return "state." + handler.name() + "(" + String.join(", ", arguments) + ")";
    }
}
