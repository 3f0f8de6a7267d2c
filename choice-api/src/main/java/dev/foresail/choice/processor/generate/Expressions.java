package dev.foresail.choice.processor.generate;

import dev.foresail.choice.processor.model.ControlStates;
import dev.foresail.choice.processor.model.GuardModel;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.HandlerParameter;
import dev.foresail.choice.processor.model.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/** The expressions by which generated code asks the protocol's guards, candidates and neighbours. */
final class Expressions {
    private final Unit unit;

    Expressions(Unit unit) {
        this.unit = unit;
    }

    /** The condition of the handler; empty when it has neither guard nor control states. */
    Optional<String> condition(HandlerModel handler) {
        List<String> conditions = new ArrayList<>();
        ControlStates.of(handler).ifPresent(states -> conditions.add(isIn(states)));
        for (String written : handler.when()) {
            GuardModel guard = GuardModel.of(written);
            ExecutableElement method = unit.model.methodsNamed(guard.name()).get(0);
            conditions.add((guard.isNegated() ? "!" : "") + call(method, handler));
        }
        return conditions.isEmpty() ? Optional.empty() : Optional.of(String.join(" && ", conditions));
    }

    /** Whether the control state is one of those. */
    private String isIn(List<String> states) {
        VariableElement field = ControlStates.fields(unit.model).get(0);
        String type = unit.names.of(field.asType());
        List<String> comparisons = states.stream()
                .map(each -> "state." + field.getSimpleName() + " == " + type + "." + each)
                .toList();
        String any = String.join(" || ", comparisons);
        return comparisons.size() == 1 ? any : "(" + any + ")";
    }

    /** The collection of a choice point's candidates. */
    String candidates(String from, HandlerModel handler) {
        Optional<VariableElement> field = unit.model.fieldNamed(from);
        if (field.isPresent()) {
            return collection("state." + from, field.get().asType());
        }
        ExecutableElement method = unit.model.methodsNamed(from).get(0);
        return collection(call(method, handler), method.getReturnType());
    }

    /** The collection of nodes that a field or a method without parameters names. */
    String nodes(String from) {
        Optional<VariableElement> field = unit.model.fieldNamed(from);
        if (field.isPresent()) {
            return nodes("state." + from, field.get().asType());
        }
        ExecutableElement method = plain(from);
        return nodes(question(from), method.getReturnType());
    }

    /** The call of a method without parameters. */
    String question(String name) {
        return receiver(plain(name)) + "." + name + "()";
    }

    private ExecutableElement plain(String name) {
        return unit.model.methodsNamed(name).stream()
                .filter(each -> each.getParameters().isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private String nodes(String expression, TypeMirror type) {
        return switch (Sources.nodeSource(type, unit.types)) {
            case ONE -> "%1$s == null ? List.of() : List.of(%1$s)".formatted(expression);
            case OPTIONAL -> expression + ".map(List::of).orElse(List.of())";
            default -> collection(expression, type);
        };
    }

    private String collection(String expression, TypeMirror type) {
        return Sources.isMap(type, unit.types) ? expression + ".keySet()" : expression;
    }

    private String call(ExecutableElement method, HandlerModel handler) {
        List<String> arguments = new ArrayList<>();
        for (VariableElement parameter : method.getParameters()) {
            HandlerParameter.Role role = GuardModel.role(parameter, handler, unit.types);
            arguments.add(
                    switch (role) {
                        case MESSAGE -> "message";
                        case FROM -> "from";
                        case NODE -> isAskedWhileRunning(handler) ? "new GuardNode(node.self())" : "node";
                        default -> argument(parameter, handler);
                    });
        }
        return receiver(method) + "." + method.getSimpleName() + "(" + String.join(", ", arguments) + ")";
    }

    /** Engines ask with a handle that refuses everything else, but what follows from a step is asked with its handle. */
    private static boolean isAskedWhileRunning(HandlerModel handler) {
        return !handler.kind().isEvent() || handler.kind() == HandlerModel.Kind.SILENCE;
    }

    private String argument(VariableElement parameter, HandlerModel handler) {
        HandlerParameter argument = GuardModel.argument(parameter, handler).orElseThrow();
        return handler.kind().isLayerCall()
                ? layerArgument(argument)
                : "(" + unit.names.boxed(argument.type()) + ") call.arguments().get(" + argument.argument() + ")";
    }

    /** The argument of a call of another layer as the handler has it: a record may be narrower there than the call's. */
    String layerArgument(HandlerParameter argument) {
        String name = "argument" + argument.argument();
        return argument.type().getKind().isPrimitive() ? name : "(" + unit.names.of(argument.type()) + ") " + name;
    }

    private String receiver(ExecutableElement method) {
        return method.getModifiers().contains(Modifier.STATIC) ? unit.self() : "state";
    }
}
