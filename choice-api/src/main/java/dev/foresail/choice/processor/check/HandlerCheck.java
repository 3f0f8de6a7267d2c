package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.encoding.NotEncodableException;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.HandlerParameter;
import dev.foresail.choice.processor.model.LayerModel;
import dev.foresail.choice.processor.model.PhaseModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;

/** FS003: the signatures of handlers. */
final class HandlerCheck extends Check {
    HandlerCheck(Context context) {
        super(context);
    }

    @Override
    void run() {
        Map<ExecutableElement, HandlerModel> seen = new HashMap<>();
        List<HandlerModel> handlers = new ArrayList<>(protocol.handlers());
        handlers.addAll(protocol.changes());
        for (HandlerModel handler : handlers) {
            HandlerModel before = seen.putIfAbsent(handler.method(), handler);
            if (before != null) {
                refuse(handler, "is marked @" + before.kind().annotation() + " too; a handler handles one event");
                continue;
            }
            checkMethod(handler);
            checkRoles(handler);
        }
        checkCalls();
        for (LayerModel.Answer answer : protocol.layer().answers()) {
            checkMethod(answer.handler());
            checkRoles(answer.handler());
        }
    }

    private void checkMethod(HandlerModel handler) {
        ExecutableElement method = handler.method();
        unreachable(method)
                .ifPresent(must -> refuse(handler, must + ": the machine, a class beside the protocol, calls it"));
        if (method.getModifiers().contains(Modifier.STATIC)) {
            refuse(handler, "must not be static: it changes the state");
        }
        boolean mayReturn = handler.kind().isLayerCall()
                || PhaseModel.answeredBy(handler, protocol).isPresent();
        if (method.getReturnType().getKind() != TypeKind.VOID && !mayReturn) {
            refuse(handler, "must return void: what it does goes through Node");
        }
        if (!method.getThrownTypes().isEmpty()) {
            refuse(handler, "must not declare exceptions; end it with throw node.fail(reason)");
        }
        if (!method.getTypeParameters().isEmpty()) {
            refuse(handler, "must not be generic");
        }
        if (handler.kind() == HandlerModel.Kind.TIMER && handler.key().isBlank()) {
            refuse(handler, "names no timer; write @OnTimer(\"name\")");
        }
    }

    private void checkRoles(HandlerModel handler) {
        if (handler.kind() == HandlerModel.Kind.MESSAGE
                && handler.with(HandlerParameter.Role.MESSAGE).isEmpty()) {
            refuse(handler, "takes no message; its first parameter must be one");
        }
        if (handler.with(HandlerParameter.Role.NODE).size() > 1
                || handler.with(HandlerParameter.Role.CALLER).size() > 1
                || handler.with(HandlerParameter.Role.FROM).size() > 1) {
            refuse(handler, "gets the same thing twice");
        }
        for (HandlerParameter parameter : handler.with(HandlerParameter.Role.UNKNOWN)) {
            if (!isBroken(parameter.type())) {
                error("FS003", parameter.element(), unknownParameter(handler, parameter));
            }
        }
        if (handler.kind() == HandlerModel.Kind.CALL) {
            handler.with(HandlerParameter.Role.ARGUMENT).forEach(this::checkArgument);
        }
    }

    private static String unknownParameter(HandlerModel handler, HandlerParameter parameter) {
        String wanted = switch (handler.kind()) {
            case MESSAGE -> "the message first, then @From NodeId, @ChoicePoint parameters and Node";
            case TIMER -> "@ChoicePoint parameters and Node";
            case CALL -> "arguments, @ChoicePoint parameters and Node";
            case CONNECTION_ERROR, SUSPICION -> "the peer's NodeId, @ChoicePoint parameters and Node";
            case SILENCE -> "the silent node's NodeId and Node";
            case START, RESTART -> "Node";
            case DOWNCALL -> "the call's arguments, @Caller String and Node, but no choices: use node.choose there";
            case CHANGE -> "the fields' values before and Node";
            case PHASE -> "what was asked, the answers and Node";
            case UPCALL -> "the call's arguments and Node, but no choices: use node.choose there";
        };
        return "the handler '" + handler.name() + "' gets nothing for its parameter '" + parameter.name() + "'; @"
                + handler.kind().annotation() + " takes " + wanted;
    }

    private void checkArgument(HandlerParameter parameter) {
        if (isBroken(parameter.type())) {
            return;
        }
        try {
            if (encodings.ofValue(parameter.type()).holdsRecords()) {
                throw new NotEncodableException("a message of some layer is no argument of a call from outside");
            }
        } catch (NotEncodableException refused) {
            error(
                    "FS003",
                    parameter.element(),
                    "the argument '" + parameter.name() + "' is no immutable value: " + refused.reason());
        }
    }

    private void checkCalls() {
        for (String call : protocol.keys(HandlerModel.Kind.CALL)) {
            List<HandlerModel> handlers = protocol.handlersOf(HandlerModel.Kind.CALL, call);
            List<HandlerParameter> first = handlers.get(0).with(HandlerParameter.Role.ARGUMENT);
            for (HandlerModel other : handlers.stream().skip(1).toList()) {
                if (!sameTypes(first, other.with(HandlerParameter.Role.ARGUMENT))) {
                    refuse(other, "takes other arguments than the call's first handler; give the call another name");
                }
            }
        }
    }

    private boolean sameTypes(List<HandlerParameter> one, List<HandlerParameter> other) {
        boolean same = one.size() == other.size();
        for (int index = 0; same && index < one.size(); index++) {
            same = types.isSameType(one.get(index).type(), other.get(index).type());
        }
        return same;
    }

    private void refuse(HandlerModel handler, String why) {
        error("FS003", handler.method(), "the handler '" + handler.name() + "' " + why);
    }
}
