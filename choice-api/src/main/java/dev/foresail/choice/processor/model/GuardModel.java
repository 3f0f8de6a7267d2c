package dev.foresail.choice.processor.model;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** A guard as a handler names it. */
public record GuardModel(String name, boolean isNegated) {
    public static GuardModel of(String written) {
        String trimmed = written.trim();
        return trimmed.startsWith("!")
                ? new GuardModel(trimmed.substring(1).trim(), true)
                : new GuardModel(trimmed, false);
    }

    /** What a parameter of a guard or of a method that names candidates gets when it is asked for {@code handler}. */
    public static HandlerParameter.Role role(VariableElement parameter, HandlerModel handler, Types types) {
        TypeMirror type = parameter.asType();
        if (ProtocolReader.isNode(type)) {
            return HandlerParameter.Role.NODE;
        }
        if (handler.kind().hasPeer() && ProtocolReader.isNodeId(type)) {
            boolean marked =
                    Annotations.has(parameter, "From") || handler.kind().isOfPeer();
            return marked ? HandlerParameter.Role.FROM : HandlerParameter.Role.UNKNOWN;
        }
        List<HandlerParameter> message = handler.with(HandlerParameter.Role.MESSAGE);
        if (!message.isEmpty() && types.isAssignable(message.get(0).type(), type)) {
            return HandlerParameter.Role.MESSAGE;
        }
        Optional<HandlerParameter> argument = argument(parameter, handler);
        return argument.isPresent() && types.isAssignable(argument.get().type(), type)
                ? HandlerParameter.Role.ARGUMENT
                : HandlerParameter.Role.UNKNOWN;
    }

    /** The call's argument of the same name. */
    public static Optional<HandlerParameter> argument(VariableElement parameter, HandlerModel handler) {
        return handler.with(HandlerParameter.Role.ARGUMENT).stream()
                .filter(each -> parameter.getSimpleName().contentEquals(each.name()))
                .findFirst();
    }
}
