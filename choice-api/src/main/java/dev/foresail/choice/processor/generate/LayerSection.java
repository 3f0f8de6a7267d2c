package dev.foresail.choice.processor.generate;

import dev.foresail.choice.processor.encoding.Encoding;
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
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** What a protocol has to do with other layers: its services, the fields by which it calls, the calls that it answers. */
final class LayerSection {
    private static final String PROVIDED = "PROVIDED";

    private final Unit unit;
    private final LayerModel layer;
    private final Expressions expressions;

    LayerSection(Unit unit) {
        this.unit = unit;
        this.layer = unit.model.layer();
        this.expressions = new Expressions(unit);
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
        layer.provides().ifPresent(each -> addDowncall(source, each));
        if (layer.uses().stream().anyMatch(each -> !upcalls(each).isEmpty())) {
            addUpcall(source);
        }
        addPorts(source);
    }

    private static List<ExecutableElement> upcalls(LayerModel.Use use) {
        return use.service().orElseThrow().upcalls();
    }

    private void addBind(Source source) {
        source.blank().add("@Override").add("public void bind(%s state, List<Port> below, Port above) {", unit.self());
        for (int index = 0; index < layer.uses().size(); index++) {
            source.add("state.%s = new UsedPort%s(below.get(%s));", field(index), index, index);
        }
        for (VariableElement field : layer.above()) {
            source.add("state.%s = new AbovePort(above);", field.getSimpleName());
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
            source.add(
                    "private final UsedPort%1$s alone%1$s = new UsedPort%1$s(Port.withoutService(this, USED.get(%1$s)));",
                    index);
        }
        if (!layer.above().isEmpty()) {
            source.add(
                    "private final AbovePort aloneAbove = new AbovePort(Port.withoutLayersAbove(this, %s));", PROVIDED);
        }
    }

    private String field(int use) {
        return layer.uses().get(use).field().getSimpleName().toString();
    }

    private void addDowncall(Source source, ServiceModel service) {
        source.blank()
                .add("@Override")
                .add(
                        "public Object downcall(%s state, int method, Object[] arguments, String caller, Node node) {",
                        unit.self());
        source.add("switch (method) {");
        for (int method = 0; method < service.downcalls().size(); method++) {
            addCase(source, new LayerModel.Place(-1, method), PROVIDED + ".downcalls().get(" + method + ")");
        }
        source.add("default -> throw new IllegalArgumentException(\"no such downcall: \" + method);")
                .add("}")
                .add("}");
    }

    private void addUpcall(Source source) {
        source.blank()
                .add("@Override")
                .add(
                        "public Object upcall(%s state, int service, int method, Object[] arguments, Node node) {",
                        unit.self());
        source.add("switch (service) {");
        for (int index = 0; index < layer.uses().size(); index++) {
            if (!upcalls(layer.uses().get(index)).isEmpty()) {
                source.add("case %1$s -> {", index).add("return upcall%s(state, method, arguments, node);", index);
                source.add("}");
            }
        }
        source.add("default -> throw new IllegalArgumentException(\"no such service: \" + service);")
                .add("}")
                .add("}");
        for (int index = 0; index < layer.uses().size(); index++) {
            int count = upcalls(layer.uses().get(index)).size();
            if (count > 0) {
                source.blank()
                        .add(
                                "private Object upcall%s(%s state, int method, Object[] arguments, Node node) {",
                                index, unit.self());
                source.add("switch (method) {");
                for (int method = 0; method < count; method++) {
                    String call = "USED.get(" + index + ").upcalls().get(" + method + ")";
                    addCase(source, new LayerModel.Place(index, method), call);
                }
                source.add("default -> throw new IllegalArgumentException(\"no such upcall: \" + method);")
                        .add("}")
                        .add("}");
            }
        }
    }

    private void addCase(Source source, LayerModel.Place place, String call) {
        List<HandlerModel> handlers = layer.handlersOf(place);
        source.add("case %s -> {", place.method());
        if (handlers.isEmpty()) {
            source.add("return Port.NOTHING;");
        } else if (handlers.size() == 1 && condition(handlers.get(0)).isEmpty()) {
            addAnswer(source, handlers.get(0));
        } else {
            source.add("int taken = -1;");
            boolean asks = handlers.stream().anyMatch(each -> !each.when().isEmpty());
            if (asks) {
                source.add("LayerCalls.asks(node);").add("try {");
            }
            for (int index = 0; index < handlers.size(); index++) {
                Optional<String> condition = condition(handlers.get(index));
                condition.ifPresent(each -> source.add("if (%s) {", each));
                source.add("taken = LayerCalls.only(this, %s, taken, %s);", call, index);
                condition.ifPresent(each -> source.add("}"));
            }
            if (asks) {
                source.add("} finally {").add("LayerCalls.answered(node);").add("}");
            }
            source.add("switch (taken) {");
            for (int index = 0; index < handlers.size(); index++) {
                source.add("case %s -> {", index);
                addAnswer(source, handlers.get(index));
                source.add("}");
            }
            source.add("default -> throw LayerCalls.noHandler(this, %s, arguments);", call)
                    .add("}");
        }
        source.add("}");
    }

    /** When the handler is enabled; empty: always. */
    private Optional<String> condition(HandlerModel handler) {
        List<String> conditions = new ArrayList<>();
        if (!messages(handler).isEmpty()) {
            for (HandlerParameter each : handler.with(HandlerParameter.Role.ARGUMENT)) {
                if (isNarrowed(each, handler)) {
                    conditions.add(
                            "arguments[%s] instanceof %s".formatted(each.argument(), unit.names.raw(each.type())));
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

    /** Whether the call has the argument as a {@code Record} and the handler as something narrower. */
    private boolean isNarrowed(HandlerParameter argument, HandlerModel handler) {
        LayerModel.Place place = layer.answers().stream()
                .filter(each -> each.handler().equals(handler))
                .findFirst()
                .orElseThrow()
                .places()
                .get(0);
        TypeMirror wanted = upcalls(layer.uses().get(place.service()))
                .get(place.method())
                .getParameters()
                .get(argument.argument())
                .asType();
        return !unit.types.isSameType(wanted, argument.type());
    }

    private void addAnswer(Source source, HandlerModel handler) {
        List<String> arguments = new ArrayList<>();
        for (HandlerParameter parameter : handler.parameters()) {
            arguments.add(
                    switch (parameter.role()) {
                        case ARGUMENT ->
                            "(%s) arguments[%s]".formatted(unit.names.boxed(parameter.type()), parameter.argument());
                        case CALLER -> "caller";
                        default -> "node";
                    });
        }
        String call = "state." + handler.name() + "(" + String.join(", ", arguments) + ")";
        if (handler.method().getReturnType().getKind() == TypeKind.VOID) {
            source.add("%s;", call).add("return Port.NOTHING;");
        } else {
            source.add("return %s;", call);
        }
    }

    private void addPorts(Source source) {
        for (int index = 0; index < layer.uses().size(); index++) {
            ServiceModel service = layer.uses().get(index).service().orElseThrow();
            addPort(source, "UsedPort" + index, service.type(), service.downcalls());
        }
        if (!layer.above().isEmpty()) {
            ServiceModel service = layer.provides().orElseThrow();
            addPort(source, "AbovePort", service.upcallsType().orElseThrow(), service.upcalls());
        }
    }

    private void addPort(Source source, String name, TypeElement type, List<ExecutableElement> calls) {
        source.blank().add("""
                        private static final class %1$s implements %2$s {
                        private final Port port;
                        private final UnaryOperator<Record> records;

                        %1$s(Port port) {
                        this.port = port;
                        this.records = port::freeze;
                        }
                        """, name, unit.names.of(type));
        for (int method = 0; method < calls.size(); method++) {
            addPortCall(source, calls.get(method), method);
        }
        source.add("}");
    }

    private void addPortCall(Source source, ExecutableElement call, int method) {
        List<String> parameters = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        for (VariableElement parameter : call.getParameters()) {
            String argument = "argument" + arguments.size();
            parameters.add(unit.names.of(parameter.asType()) + " " + argument);
            arguments.add(frozen(parameter.asType(), argument));
        }
        TypeMirror answer = call.getReturnType();
        String type = answer.getKind() == TypeKind.VOID ? "void" : unit.names.of(answer);
        source.blank()
                .add("@Override")
                .add("public %s %s(%s) {", type, call.getSimpleName(), String.join(", ", parameters));
        String made = "port.call(" + method + (arguments.isEmpty() ? "" : ", ") + String.join(", ", arguments) + ")";
        if (answer.getKind() == TypeKind.VOID) {
            source.add("%s;", made);
        } else {
            source.add("%1$s answer = (%1$s) %2$s;", unit.names.boxed(answer), made)
                    .add("return %s;", frozen(answer, "answer"));
        }
        source.add("}");
    }

    /** The value as two layers may hold it: nobody can change its collections. */
    private String frozen(TypeMirror type, String value) {
        Encoding encoding = unit.valueEncoding(type);
        return encoding.holdsCollections()
                ? "%1$s == null ? null : %2$s".formatted(value, encoding.freeze(value))
                : value;
    }
}
