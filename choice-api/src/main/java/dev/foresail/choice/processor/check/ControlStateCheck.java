package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.ControlStates;
import dev.foresail.choice.processor.model.HandlerModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;

/** FS508, FS509: the control state, and the handlers that are bound to it. */
final class ControlStateCheck extends Check {
    ControlStateCheck(Context context) {
        super(context);
    }

    @Override
    void run() {
        List<VariableElement> fields = ControlStates.fields(protocol);
        for (int index = 0; index < fields.size(); index++) {
            VariableElement field = fields.get(index);
            if (!isBroken(field.asType())) {
                problem(field, index == 0 ? Optional.empty() : Optional.of(fields.get(0)))
                        .ifPresent(text -> error("FS508", field, text));
            }
        }
        Set<ExecutableElement> handlers =
                protocol.allHandlers().stream().map(HandlerModel::method).collect(Collectors.toSet());
        for (ExecutableElement method : protocol.methods()) {
            Annotations.find(method, "In")
                    .ifPresent(in -> problem(method, in, handlers.contains(method), fields)
                            .ifPresent(text -> error("FS509", method, in, "value", text)));
        }
    }

    private static Optional<String> problem(VariableElement field, Optional<VariableElement> before) {
        String name = "the control state '" + field.getSimpleName() + "' ";
        if (before.isPresent()) {
            return Optional.of(name + "is the second one after '" + before.get().getSimpleName()
                    + "'; a protocol has one, the others are fields like any other, for guards");
        } else if (ControlStates.constants(field).isEmpty()) {
            return Optional.of(name + "is of type " + field.asType() + "; it must be an enum with constants");
        }
        return field.getModifiers().contains(Modifier.FINAL)
                        || field.getModifiers().contains(Modifier.STATIC)
                ? Optional.of(name + "must be a field of the state that changes, neither final nor static")
                : Optional.empty();
    }

    private static Optional<String> problem(
            ExecutableElement method, AnnotationMirror in, boolean isHandler, List<VariableElement> fields) {
        if (!isHandler) {
            return Optional.of("'" + method.getSimpleName() + "' is no handler, so no event could be bound to states");
        } else if (fields.isEmpty()) {
            return Optional.of("the protocol has no control state; mark the enum field that says it @ControlState");
        }
        List<String> constants = ControlStates.constants(fields.get(0));
        List<String> written = Annotations.texts(in, "value");
        if (written.isEmpty()) {
            return Optional.of("'" + method.getSimpleName() + "' is bound to no control state and would never run");
        }
        return written.stream()
                .filter(each -> !constants.contains(each) && !constants.isEmpty())
                .findFirst()
                .map(unknown -> "no control state is named '" + unknown + "'" + Nearest.hint(unknown, constants));
    }
}
