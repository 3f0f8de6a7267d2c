package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.GuardModel;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.HandlerParameter;
import dev.foresail.choice.processor.model.Sources;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/** FS012, FS013, FS035: the choice points. */
final class ChoicePointCheck extends Check {
    private final Set<String> names = new HashSet<>();

    ChoicePointCheck(Context context) {
        super(context);
    }

    @Override
    void run() {
        for (HandlerModel handler : protocol.handlers()) {
            handler.choices().forEach(point -> check(handler, point));
        }
    }

    private void check(HandlerModel handler, HandlerParameter parameter) {
        VariableElement element = parameter.element();
        AnnotationMirror point = Annotations.find(element, "ChoicePoint").orElseThrow();
        String name = protocol.name() + "." + handler.name() + "." + parameter.name();
        if (!names.add(name)) {
            error(
                    "FS012",
                    element,
                    "two choice points are named '" + name + "'; rename the handler or the parameter of one");
        }
        problem(handler, parameter, Annotations.text(point, "from", ""))
                .ifPresent(text -> error("FS013", element, point, "from", text));
        checkDuration(element, point, "await");
    }

    private Optional<String> problem(HandlerModel handler, HandlerParameter parameter, String from) {
        Optional<VariableElement> field = protocol.fieldNamed(from);
        List<ExecutableElement> methods = protocol.methodsNamed(from);
        if (field.isPresent()) {
            return typeProblem(parameter, from, field.get().asType());
        }
        if (methods.isEmpty()) {
            return Optional.of("no field or method is named '" + from + "'" + Nearest.hint(from, known()));
        }
        ExecutableElement method = methods.get(0);
        if (methods.size() > 1
                || unreachable(method).isPresent()
                || !method.getThrownTypes().isEmpty()) {
            return Optional.of("the method '" + from
                    + "' that names candidates must be the only one of its name, not private (public in a superclass of another"
                    + " package), and declare no exceptions");
        }
        for (VariableElement each : method.getParameters()) {
            if (GuardModel.role(each, handler, types) == HandlerParameter.Role.UNKNOWN) {
                return Optional.of("the method '" + from + "' gets nothing for its parameter '" + each.getSimpleName()
                        + "'; it may take what a guard may take");
            }
        }
        return typeProblem(parameter, from, method.getReturnType());
    }

    private Optional<String> typeProblem(HandlerParameter parameter, String from, TypeMirror type) {
        if (isBroken(type) || isBroken(parameter.type())) {
            return Optional.empty();
        }
        Optional<TypeMirror> element = Sources.element(type, types);
        if (element.isEmpty()) {
            return Optional.of("'" + from + "' is neither a collection nor a map with candidates");
        }
        if (Sources.isHashOrdered(type)) {
            return Optional.of("the candidates '" + from
                    + "' are in hash order, or may be; use SortedSet, SortedMap, List or a linked collection");
        }
        if (!types.isAssignable(element.get(), boxed(parameter.type()))) {
            return Optional.of("the candidates '" + from + "' are of type " + element.get() + ", but the parameter '"
                    + parameter.name() + "' is of type " + parameter.type());
        }
        return Optional.empty();
    }

    private List<String> known() {
        List<String> known = new ArrayList<>();
        protocol.fields().stream()
                .filter(each -> Sources.element(each.asType(), types).isPresent())
                .forEach(each -> known.add(each.getSimpleName().toString()));
        protocol.methods().stream()
                .filter(each -> Sources.element(each.getReturnType(), types).isPresent())
                .forEach(each -> known.add(each.getSimpleName().toString()));
        return known;
    }
}
