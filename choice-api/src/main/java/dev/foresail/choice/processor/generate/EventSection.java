package dev.foresail.choice.processor.generate;

import dev.foresail.choice.processor.encoding.Source;
import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.HandlerParameter;
import dev.foresail.choice.processor.model.PhaseModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Listing the alternatives of an event. */
final class EventSection {
    private final Unit unit;
    private final Expressions expressions;
    private final PhaseSection phases;
    private final List<String> constants = new ArrayList<>();

    EventSection(Unit unit) {
        this.unit = unit;
        this.expressions = new Expressions(unit);
        this.phases = new PhaseSection(unit);
        Set<String> taken = new HashSet<>();
        for (HandlerModel handler : unit.model.handlers()) {
            String name = "TAKE_"
                    + handler.name().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
            constants.add(taken.add(name) ? name : name + "_" + handler.index());
        }
    }

    void addConstants(Source source) {
        for (HandlerModel handler : unit.model.handlers()) {
            if (handler.choices().isEmpty()) {
                source.add(
                        "private static final List<Alternative> %s = List.of(Alternative.of(%s));",
                        constants.get(handler.index()), handler.index());
            }
        }
    }

    void addTo(Source source) {
        source.blank().add("""
                        @Override
                        public List<Alternative> alternatives(%s state, Event event, Node node) {
                        if (event instanceof Event.Delivery delivery) {
                        return onDelivery(state, delivery.message(), delivery.from(), node);
                        }
                        if (event instanceof Event.TimerFired fired) {
                        return onTimer(state, fired.name(), node);
                        }
                        if (event instanceof Event.Call call) {
                        return onCall(state, call, node);
                        }
                        if (event instanceof Event.ConnectionError error) {
                        return onConnectionError(state, error.peer(), node);
                        }
                        if (event instanceof Event.Suspicion suspicion) {
                        return onSuspicion(state, suspicion.peer(), node);
                        }
                        return event instanceof Event.Start ? onStart(state, node) : onRestart(state, node);
                        }
                        """, unit.self());
        addDelivery(source);
        addTimers(source);
        addCalls(source);
        List<HandlerModel> starts = unit.model.handlersOf(HandlerModel.Kind.START);
        List<HandlerModel> restarts = unit.model.handlersOf(HandlerModel.Kind.RESTART);
        addStarts(source, "onStart", starts);
        String restart = phases.handlesRestart() ? "onRestartOfProtocol" : "onRestart";
        addStarts(source, restart, restarts.isEmpty() ? starts : restarts);
        if (phases.handlesRestart()) {
            phases.addRestart(source, "onRestart", restart);
        }
        addConnectionErrors(source);
        addEnabled(source, "onSuspicion", "NodeId from, ", unit.model.handlersOf(HandlerModel.Kind.SUSPICION));
    }

    private void addConnectionErrors(Source source) {
        String method = unit.phases.isEmpty() ? "onConnectionError" : "onConnectionErrorOfProtocol";
        addEnabled(source, method, "NodeId from, ", unit.model.handlersOf(HandlerModel.Kind.CONNECTION_ERROR));
        if (!unit.phases.isEmpty()) {
            phases.addConnectionError(source, "onConnectionError", method);
        }
    }

    private void addStarts(Source source, String method, List<HandlerModel> handlers) {
        if (handlers.isEmpty() && DetectorSection.handlesStart(unit)) {
            DetectorSection.addStart(unit, source, method);
        } else {
            addEnabled(source, method, "", handlers);
        }
    }

    private void addDelivery(Source source) {
        source.blank()
                .add(
                        "private List<Alternative> onDelivery(%s state, Object message, NodeId from, Node node) {",
                        unit.self());
        List<String> cases = new ArrayList<>();
        for (int tag = 0; tag < unit.messages.size(); tag++) {
            String cast = "(" + unit.messages.get(tag).javaType() + ") message";
            cases.add("case %1$s -> onMessage%1$s(state, %2$s, from, node);"
                    .formatted(tag, isQuestion(tag) ? "(" + cast + ").asked()" : cast));
        }
        source.addSwitch("messageTag(message)", cases, "EventRules.unknownMessage(this, message)")
                .add("}");
        DetectorSection.addAlternatives(unit, source);
        phases.addAnswers(source);
        for (int tag = 0; tag < unit.model.messages().size(); tag++) {
            String type = unit.names.of(unit.model.messages().get(tag));
            String parameters = type + " message, NodeId from, ";
            addEnabled(
                    source,
                    "onMessage" + tag,
                    parameters,
                    unit.model.handlersOf(unit.model.messages().get(tag)));
        }
    }

    private boolean isQuestion(int tag) {
        return tag < unit.model.messages().size()
                && PhaseModel.asking(unit.model.messages().get(tag), unit.model).isPresent();
    }

    private void addTimers(Source source) {
        List<String> timers = unit.model.timers();
        source.blank().add("private List<Alternative> onTimer(%s state, String name, Node node) {", unit.self());
        List<String> cases = new ArrayList<>();
        for (int index = 0; index < timers.size(); index++) {
            cases.add("case %s -> onTimer%s(state, node);".formatted(Unit.quoted(timers.get(index)), index));
        }
        source.addSwitch("name", cases, "EventRules.unknownTimer(this, name)").add("}");
        for (int index = 0; index < timers.size(); index++) {
            if (!phases.addDeadline(source, "onTimer" + index, timers.get(index))) {
                addEnabled(source, "onTimer" + index, "", unit.model.handlersOfTimer(timers.get(index)));
            }
        }
    }

    private void addCalls(Source source) {
        List<String> calls = unit.model.keys(HandlerModel.Kind.CALL);
        source.blank().add("private List<Alternative> onCall(%s state, Event.Call call, Node node) {", unit.self());
        List<String> cases = new ArrayList<>();
        for (int index = 0; index < calls.size(); index++) {
            cases.add("case %s -> onCall%s(state, call, node);".formatted(Unit.quoted(calls.get(index)), index));
        }
        source.addSwitch("call.name()", cases, "EventRules.unknownCall(this, call.name())")
                .add("}");
        for (int index = 0; index < calls.size(); index++) {
            List<HandlerModel> handlers = unit.model.handlersOf(HandlerModel.Kind.CALL, calls.get(index));
            addEnabled(source, "onCall" + index, "Event.Call call, ", handlers);
        }
    }

    /** Adds the method that lists the alternatives out of {@code handlers}. */
    private void addEnabled(Source source, String method, String parameters, List<HandlerModel> handlers) {
        source.blank()
                .add("private static List<Alternative> %s(%s state, %sNode node) {", method, unit.self(), parameters);
        if (method.startsWith("onCall")) {
            int call = unit.model
                    .keys(HandlerModel.Kind.CALL)
                    .indexOf(handlers.get(0).key());
            source.add("EventRules.checkArguments(CALLS.get(%s), call.arguments());", call);
        }
        if (handlers.size() == 1 && expressions.condition(handlers.get(0)).isEmpty()) {
            source.add("return %s;", alternativesOf(handlers.get(0))).add("}");
            return;
        }
        source.add("List<Alternative> enabled = List.of();");
        for (HandlerModel handler : handlers) {
            Optional<String> condition = expressions.condition(handler);
            condition.ifPresent(each -> source.add("if (%s) {", each));
            source.add("enabled = Alternatives.join(enabled, %s);", alternativesOf(handler));
            condition.ifPresent(each -> source.add("}"));
        }
        source.add("return enabled;").add("}");
    }

    private String alternativesOf(HandlerModel handler) {
        if (handler.choices().isEmpty()) {
            return constants.get(handler.index());
        }
        StringBuilder bind = new StringBuilder("Alternatives.bind(").append(handler.index());
        for (HandlerParameter choice : handler.choices()) {
            String from = Annotations.text(
                    Annotations.find(choice.element(), "ChoicePoint").orElseThrow(), "from", "");
            bind.append(", ").append(expressions.candidates(from, handler));
        }
        return bind.append(')').toString();
    }
}
