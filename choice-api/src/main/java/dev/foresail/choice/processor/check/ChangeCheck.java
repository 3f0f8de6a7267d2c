package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.encoding.NotEncodableException;
import dev.foresail.choice.processor.model.Changes;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.HandlerParameter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;

/** FS502, FS503: what handlers of changes watch, and the values before that they take. */
final class ChangeCheck extends Check {
    ChangeCheck(Context context) {
        super(context);
    }

    @Override
    void run() {
        for (HandlerModel handler : protocol.changes()) {
            if (handler.kind() != HandlerModel.Kind.CHANGE) {
                continue;
            }
            Optional<String> problem = watchProblem(handler);
            problem.ifPresent(text -> error("FS502", handler.method(), handler.annotation(), "value", text));
            if (problem.isEmpty()) {
                checkBefore(handler);
            }
        }
    }

    private Optional<String> watchProblem(HandlerModel handler) {
        List<String> names = Changes.fields(handler);
        if (names.isEmpty() && !Changes.hasCondition(handler)) {
            return Optional.of("'" + handler.name()
                    + "' watches nothing; name fields of the state, or a guard: @OnChange(when = \"isFull\")");
        }
        Set<String> seen = new HashSet<>();
        return names.stream()
                .flatMap(name -> fieldProblem(name, seen.add(name)).stream())
                .findFirst();
    }

    private Optional<String> fieldProblem(String name, boolean first) {
        List<String> state = protocol.fields().stream()
                .filter(this::mayChange)
                .map(each -> each.getSimpleName().toString())
                .toList();
        if (state.contains(name)) {
            return first ? Optional.empty() : Optional.of("'" + name + "' is named twice");
        }
        boolean exists = protocol.lineage().fields().stream()
                .anyMatch(each -> each.getSimpleName().contentEquals(name));
        return Optional.of(
                exists
                        ? "the field '" + name + "' is no state that changes"
                        : "no field is named '" + name + "'" + Nearest.hint(name, state));
    }

    private boolean mayChange(VariableElement field) {
        try {
            return !field.getModifiers().contains(Modifier.FINAL)
                    || encodings.ofState(field.asType()).isMutable();
        } catch (NotEncodableException reportedByFieldCheck) {
            return true;
        }
    }

    private void checkBefore(HandlerModel handler) {
        List<HandlerParameter> before = handler.with(HandlerParameter.Role.BEFORE);
        List<VariableElement> fields = Changes.fields(handler).stream()
                .map(each -> protocol.fieldNamed(each).orElseThrow())
                .toList();
        if (!before.isEmpty() && before.size() != fields.size()) {
            error(
                    "FS503",
                    handler.method(),
                    "'" + handler.name() + "' takes " + before.size() + " values from before the step but watches "
                            + fields.size() + " fields; take none, or one for each field, in their order");
            return;
        }
        for (HandlerParameter parameter : before) {
            VariableElement field = fields.get(parameter.argument());
            if (!isBroken(parameter.type())
                    && !isBroken(field.asType())
                    && !types.isAssignable(field.asType(), parameter.type())) {
                error(
                        "FS503",
                        parameter.element(),
                        "the parameter '" + parameter.name() + "' of '" + handler.name() + "' is what '"
                                + field.getSimpleName() + "' was before the step; it must be of its type, "
                                + field.asType());
            }
        }
    }
}
