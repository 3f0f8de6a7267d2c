package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.ControlStates;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.HandlerParameter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.TypeElement;

/** FS004, FS005: handlers of one event that do not fit together. */
final class OverlapCheck extends Check {
    private final Set<HandlerModel> reported = new HashSet<>();

    OverlapCheck(Context context) {
        super(context);
    }

    @Override
    void run() {
        for (TypeElement message : protocol.messages()) {
            List<HandlerModel> handlers = protocol.handlersOf(message);
            if (handlers.isEmpty()) {
                continue; // met in calls of other layers only
            }
            checkPairs(handlers, "the message " + message.getSimpleName());
            checkOtherwise(message, handlers);
        }
        for (HandlerModel.Kind kind : List.of(HandlerModel.Kind.TIMER, HandlerModel.Kind.CALL)) {
            for (String key : protocol.keys(kind)) {
                checkPairs(protocol.handlersOf(kind, key), "'" + key + "'");
            }
        }
        checkPairs(protocol.handlersOf(HandlerModel.Kind.CONNECTION_ERROR), "a broken connection");
        checkPairs(protocol.handlersOf(HandlerModel.Kind.SUSPICION), "a suspicion");
    }

    private void checkPairs(List<HandlerModel> handlers, String event) {
        for (int second = 1; second < handlers.size(); second++) {
            for (int first = 0; first < second; first++) {
                HandlerModel one = handlers.get(first);
                HandlerModel other = handlers.get(second);
                boolean choice = !one.choice().isEmpty() && one.choice().equals(other.choice());
                if (!choice && (covers(one, other) || covers(other, one)) && reported.add(other)) {
                    error(
                            "FS004",
                            other.method(),
                            "the handlers '" + one.name() + "' and '" + other.name() + "' both apply to " + event
                                    + "; give them guards that exclude each other, or the same choice = \"name\"");
                }
            }
        }
    }

    /** Whether {@code wide} is enabled whenever {@code narrow} is. */
    private static boolean covers(HandlerModel wide, HandlerModel narrow) {
        Set<String> guards = guards(narrow);
        return guards.containsAll(guards(wide))
                && candidates(narrow).containsAll(candidates(wide))
                && coversStates(wide, narrow);
    }

    /** Whether the one applies in every control state in which the other does. */
    static boolean coversStates(HandlerModel wide, HandlerModel narrow) {
        Optional<List<String>> states = ControlStates.of(wide);
        return states.isEmpty()
                || ControlStates.of(narrow)
                        .filter(each -> states.get().containsAll(each))
                        .isPresent();
    }

    private static Set<String> guards(HandlerModel handler) {
        return handler.when().stream().map(each -> each.replace(" ", "")).collect(Collectors.toSet());
    }

    private static Set<String> candidates(HandlerModel handler) {
        return handler.with(HandlerParameter.Role.CHOICE).stream()
                .flatMap(each -> Annotations.find(each.element(), "ChoicePoint").stream())
                .map(each -> Annotations.text(each, "from", ""))
                .collect(Collectors.toSet());
    }

    private void checkOtherwise(TypeElement message, List<HandlerModel> handlers) {
        HandlerModel first = handlers.get(0);
        for (HandlerModel other : handlers) {
            if (!other.otherwise().equals(first.otherwise())) {
                error(
                        "FS005",
                        other.method(),
                        other.annotation(),
                        "otherwise",
                        "the handlers '" + first.name() + "' and '" + other.name() + "' of the message "
                                + message.getSimpleName() + " disagree on otherwise: " + first.otherwise() + " and "
                                + other.otherwise() + "; say the same at both");
            }
        }
    }
}
