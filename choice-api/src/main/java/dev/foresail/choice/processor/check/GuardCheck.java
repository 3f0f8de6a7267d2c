package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.model.GuardModel;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.HandlerParameter;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;

/** FS011: the guards. */
final class GuardCheck extends Check {
    GuardCheck(Context context) {
        super(context);
    }

    @Override
    void run() {
        for (HandlerModel handler : protocol.allHandlers()) {
            for (String written : handler.when()) {
                problem(handler, GuardModel.of(written).name())
                        .ifPresent(text -> error("FS011", handler.method(), handler.annotation(), "when", text));
            }
        }
    }

    private Optional<String> problem(HandlerModel handler, String name) {
        List<ExecutableElement> named = protocol.methodsNamed(name);
        if (named.isEmpty()) {
            return Optional.of("no guard is named '" + name + "'" + Nearest.hint(name, guards()));
        }
        ExecutableElement guard = named.get(0);
        if (named.size() > 1) {
            return Optional.of("several methods are named '" + name + "'; a guard has a name of its own");
        }
        if (guard.getReturnType().getKind() != TypeKind.BOOLEAN) {
            return Optional.of("the guard '" + name + "' must return boolean");
        }
        Optional<String> must = unreachable(guard);
        if (must.isPresent() || !guard.getThrownTypes().isEmpty()) {
            return Optional.of("the guard '" + name + "' " + must.orElse("must not declare exceptions"));
        }
        return unknownParameter(handler, guard)
                .map(parameter -> "the guard '" + name + "' gets nothing for its parameter '" + parameter
                        + "'; it may take the message, the sender marked @From, Node, and a call's arguments by name");
    }

    private Optional<String> unknownParameter(HandlerModel handler, ExecutableElement guard) {
        for (VariableElement parameter : guard.getParameters()) {
            if (GuardModel.role(parameter, handler, types) == HandlerParameter.Role.UNKNOWN) {
                return Optional.of(parameter.getSimpleName().toString());
            }
        }
        return Optional.empty();
    }

    private List<String> guards() {
        return protocol.methods().stream()
                .filter(each -> each.getReturnType().getKind() == TypeKind.BOOLEAN)
                .filter(each -> !protocol.properties().contains(each))
                .map(each -> each.getSimpleName().toString())
                .toList();
    }
}
