package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.encoding.NotEncodableException;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.LayerModel;
import dev.foresail.choice.processor.model.ServiceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;

/** FS489, FS490, FS491: handlers of calls between layers, and calls without any. */
final class LayerCallCheck extends Check {
    LayerCallCheck(Context context) {
        super(context);
    }

    @Override
    void run() {
        for (LayerModel.Answer answer : protocol.layer().answers()) {
            if (!isBrokenMethod(answer.handler().method())) {
                checkPlace(answer);
                answer.messages().forEach(message -> checkMessage(message, answer.handler()));
            }
        }
        protocol.layer().provides().ifPresent(service -> checkAnswered(service, -1, Set.of(), protocol.type()));
        for (int index = 0; index < protocol.layer().uses().size(); index++) {
            LayerModel.Use use = protocol.layer().uses().get(index);
            int place = index;
            use.service().ifPresent(service -> checkIgnored(use, service));
            use.service().ifPresent(service -> checkAnswered(service, place, Set.copyOf(use.ignored()), use.field()));
        }
    }

    private boolean isBrokenMethod(ExecutableElement method) {
        boolean broken = isBroken(method.getReturnType());
        for (var parameter : method.getParameters()) {
            broken |= isBroken(parameter.asType());
        }
        return broken;
    }

    private void checkPlace(LayerModel.Answer answer) {
        HandlerModel handler = answer.handler();
        if (answer.places().size() == 1) {
            return;
        }
        String name = "the handler '" + handler.name() + "' ";
        error(
                "FS489",
                handler.method(),
                answer.places().isEmpty() ? name + "answers no call: " + whyNone(handler) : name + whySeveral(answer));
    }

    private static String whySeveral(LayerModel.Answer answer) {
        long services = answer.places().stream()
                .map(LayerModel.Place::service)
                .distinct()
                .count();
        return services > 1
                ? "may be of several services; say @OnUpcall(of = ...)"
                : "fits several calls of one name; give it the types of one of them, in their order";
    }

    private String whyNone(HandlerModel handler) {
        boolean upwards = handler.kind() == HandlerModel.Kind.UPCALL;
        List<ExecutableElement> calls = known(upwards);
        if (calls.isEmpty()) {
            return upwards
                    ? "the protocol uses no service with upcalls"
                    : "the protocol provides no service; say @Protocol(provides = ...)";
        }
        List<String> same = calls.stream()
                .filter(each -> each.getSimpleName().contentEquals(handler.key()))
                .map(each -> each.getReturnType() + " " + each)
                .toList();
        return same.isEmpty()
                ? "none is named '" + handler.key() + "'"
                        + Nearest.hint(
                                handler.key(),
                                calls.stream()
                                        .map(each -> each.getSimpleName().toString())
                                        .distinct()
                                        .toList())
                : "it takes or returns something else than " + String.join(" and ", same);
    }

    private List<ExecutableElement> known(boolean upwards) {
        List<ExecutableElement> calls = new ArrayList<>();
        if (upwards) {
            protocol.layer().uses().forEach(use -> use.service().ifPresent(each -> calls.addAll(each.upcalls())));
        } else {
            protocol.layer().provides().ifPresent(each -> calls.addAll(each.downcalls()));
        }
        return calls;
    }

    /** Of a message that is met in calls only; others are checked with their handlers. */
    private void checkMessage(TypeElement message, HandlerModel handler) {
        try {
            encodings.ofValue(message.asType());
        } catch (NotEncodableException refused) {
            error(
                    "FS002",
                    inSource(message, handler.method()),
                    "the message " + message.getSimpleName() + " cannot be sent: " + refused.reason());
        }
    }

    private void checkIgnored(LayerModel.Use use, ServiceModel service) {
        List<String> known = service.upcalls().stream()
                .filter(each -> each.getReturnType().getKind() == TypeKind.VOID)
                .map(each -> each.getSimpleName().toString())
                .toList();
        for (String ignored : use.ignored()) {
            Optional<String> problem = !known.contains(ignored)
                    ? Optional.of("no upcall without a value of " + service.name() + " is named '" + ignored + "'"
                            + Nearest.hint(ignored, known))
                    : handlerOf(ignored).map(each -> "'" + ignored + "' is not ignored: '" + each + "' handles it");
            problem.ifPresent(text -> error("FS489", use.field(), use.annotation(), "ignored", text));
        }
    }

    private Optional<String> handlerOf(String upcall) {
        return protocol.layer().answers().stream()
                .map(LayerModel.Answer::handler)
                .filter(each ->
                        each.kind() == HandlerModel.Kind.UPCALL && each.key().equals(upcall))
                .map(HandlerModel::name)
                .findFirst();
    }

    private void checkAnswered(ServiceModel service, int place, Set<String> ignored, Element at) {
        boolean upwards = place >= 0;
        List<ExecutableElement> calls = service.calls(upwards);
        for (int method = 0; method < calls.size(); method++) {
            String name = calls.get(method).getSimpleName().toString();
            List<HandlerModel> handlers = protocol.layer().handlersOf(new LayerModel.Place(place, method));
            if (handlers.isEmpty() && !ignored.contains(name) && !isMistaken(name, upwards)) {
                error(
                        "FS490",
                        at,
                        upwards
                                ? "nothing takes the upcall '" + calls.get(method) + "' of " + service.name()
                                        + "; add @OnUpcall " + name + ", or say @Uses(ignored = \"" + name + "\")"
                                : "nothing answers '" + calls.get(method) + "' of " + service.name()
                                        + "; add @OnDowncall " + name);
            }
            checkPairs(handlers, calls.get(method));
        }
    }

    /** Whether a handler of that name was refused, which is enough to say. */
    private boolean isMistaken(String name, boolean upwards) {
        return protocol.layer().answers().stream()
                .anyMatch(each -> each.handler().key().equals(name)
                        && (each.handler().kind() == HandlerModel.Kind.UPCALL) == upwards
                        && each.places().size() != 1);
    }

    private void checkPairs(List<HandlerModel> handlers, ExecutableElement call) {
        for (int second = 1; second < handlers.size(); second++) {
            for (int first = 0; first < second; first++) {
                HandlerModel one = handlers.get(first);
                HandlerModel other = handlers.get(second);
                if (covers(one, other) || covers(other, one)) {
                    error(
                            "FS491",
                            other.method(),
                            "the handlers '" + one.name() + "' and '" + other.name() + "' both apply to '" + call
                                    + "'; give them guards that exclude each other, or messages of their own");
                }
            }
        }
    }

    /** Whether {@code wide} is enabled whenever {@code narrow} is. */
    private boolean covers(HandlerModel wide, HandlerModel narrow) {
        Set<String> guards =
                narrow.when().stream().map(each -> each.replace(" ", "")).collect(Collectors.toSet());
        boolean guarded =
                wide.when().stream().map(each -> each.replace(" ", "")).allMatch(guards::contains);
        List<TypeElement> taken = messages(wide);
        List<TypeElement> few = messages(narrow);
        return guarded
                && OverlapCheck.coversStates(wide, narrow)
                && (taken.isEmpty() || !few.isEmpty() && taken.containsAll(few));
    }

    private List<TypeElement> messages(HandlerModel handler) {
        return protocol.layer().answers().stream()
                .filter(each -> each.handler().equals(handler))
                .flatMap(each -> each.messages().stream())
                .toList();
    }
}
