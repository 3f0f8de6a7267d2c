package dev.foresail.choice.processor.generate;

import dev.foresail.choice.processor.encoding.Encoding;
import dev.foresail.choice.processor.encoding.Source;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.PhaseModel;
import dev.foresail.choice.processor.model.ProtocolReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/** Phases: their messages, deadlines and ends; nothing for a protocol without. */
final class PhaseSection {
    /** What takes a broken connection that no handler of the protocol takes. */
    private static final String LOST = "phases-lost";

    /** What takes a restart that no handler of the protocol takes. */
    private static final String RESUME = "phases-resume";

    private final Unit unit;
    private final List<PhaseModel> phases;
    /** The generated handlers with what they handle, which stand behind the protocol's own and those of detectors. */
    private final Map<String, String> handlers;

    PhaseSection(Unit unit) {
        this.unit = unit;
        this.phases = unit.phases;
        this.handlers = handlers(unit);
    }

    private static Map<String, String> handlers(Unit unit) {
        Map<String, String> handlers = new LinkedHashMap<>();
        for (PhaseModel phase : unit.phases) {
            handlers.put(heard(phase), "message " + phase.answerName());
            if (phase.hasDeadline()) {
                handlers.put(phase.handler().key(), "timer " + phase.handler().key());
            }
        }
        if (!unit.phases.isEmpty()) {
            handlers.put(LOST, "connection error");
        }
        if (resumes(unit)) {
            handlers.put(RESUME, "restart");
        }
        return handlers;
    }

    private static String heard(PhaseModel phase) {
        return phase.handler().name() + "-answer";
    }

    /** Whether phases go on after a restart. */
    private static boolean resumes(Unit unit) {
        return unit.phases.stream().anyMatch(each -> isDurable(each, unit));
    }

    private static boolean isDurable(PhaseModel phase, Unit unit) {
        return unit.stateFields.stream().anyMatch(each -> each.name().equals(phase.of()) && each.isDurable());
    }

    static List<String> descriptions(Unit unit) {
        List<String> descriptions = new ArrayList<>();
        handlers(unit).forEach((name, event) -> descriptions.add(DetectorSection.description(name, event)));
        return descriptions;
    }

    private String alternative(String handler) {
        int before = unit.model.handlers().size()
                + DetectorSection.descriptions(unit).size();
        return "List.of(Alternative.of(%s))"
                .formatted(before + List.copyOf(handlers.keySet()).indexOf(handler));
    }

    /** The method that lists the alternatives of a broken connection: the generated one where the protocol has none and somebody is awaited. */
    void addConnectionError(Source source, String method, String ofProtocol) {
        String awaits = phases.stream()
                .map(each -> "state.%s.awaited().contains(from)".formatted(each.of()))
                .collect(Collectors.joining(" || "));
        source.blank()
                .add("private static List<Alternative> %s(%s state, NodeId from, Node node) {", method, unit.self())
                .add("List<Alternative> enabled = %s(state, from, node);", ofProtocol)
                .add("return enabled.isEmpty() && (%s) ? %s : enabled;", awaits, alternative(LOST))
                .add("}");
    }

    /** Whether a restart has to be taken where the protocol does not take it. */
    boolean handlesRestart() {
        return handlers.containsKey(RESUME);
    }

    /** The method that lists the alternatives of a restart: the generated one where the protocol has none. */
    void addRestart(Source source, String method, String ofProtocol) {
        source.blank()
                .add("private static List<Alternative> %s(%s state, Node node) {", method, unit.self())
                .add("List<Alternative> enabled = %s(state, node);", ofProtocol)
                .add("return enabled.isEmpty() ? %s : enabled;", alternative(RESUME))
                .add("}");
    }

    /** The methods that list the alternatives of answers. Late and doubled ones have none. */
    void addAnswers(Source source) {
        for (PhaseModel phase : phases) {
            source.blank()
                    .add(
                            "private static List<Alternative> onMessage%s(%s state, %s message, NodeId from, Node node) {",
                            unit.answerTag(phase), unit.self(), phase.answerName())
                    .add(
                            "return Phases.takes(state.%s, message.number(), from) ? %s : List.of();",
                            phase.of(), alternative(heard(phase)))
                    .add("}");
        }
    }

    /** The method that lists the alternatives of a deadline; whether the timer is one. */
    boolean addDeadline(Source source, String method, String timer) {
        for (PhaseModel phase : phases) {
            if (phase.hasDeadline() && phase.handler().key().equals(timer)) {
                source.blank()
                        .add("private static List<Alternative> %s(%s state, Node node) {", method, unit.self())
                        .add("return state.%s.isRunning() ? %s : List.of();", phase.of(), alternative(timer))
                        .add("}");
                return true;
            }
        }
        return false;
    }

    /** What comes first in a step: phases hear of broken connections and restarts, whatever else is done about them. */
    void addHearing(Source source) {
        if (phases.isEmpty()) {
            return;
        }
        source.add("if (event instanceof Event.ConnectionError error) {");
        phases.forEach(each -> source.add("Phases.lost(state.%s, error.peer());", each.of()));
        source.add("}");
        if (resumes(unit)) {
            source.add("if (event instanceof Event.Restart) {");
            phases.stream()
                    .filter(each -> isDurable(each, unit))
                    .forEach(each -> source.add("Phases.resume(state.%s);", each.of()));
            source.add("}");
        }
    }

    /** What the generated handlers do; of broken connections and restarts everything has been done before. */
    void addCases(Source source) {
        int number = unit.model.handlers().size()
                + DetectorSection.descriptions(unit).size();
        for (String handler : handlers.keySet()) {
            source.add("case %s -> %s", number++, statement(handler));
        }
    }

    private String statement(String handler) {
        for (PhaseModel phase : phases) {
            if (handler.equals(heard(phase))) {
                return """
                        {
                        Event.Delivery delivered = (Event.Delivery) event;
                        Phases.answered(state.%s, delivered.from(), ((%s) delivered.message()).answer());
                        }""".formatted(phase.of(), phase.answerName());
            } else if (phase.hasDeadline() && handler.equals(phase.handler().key())) {
                return "Phases.expired(state.%s);".formatted(phase.of());
            }
        }
        return "{}";
    }

    /** The case of a handler that answers. */
    static void addAnswering(Source source, HandlerModel handler, PhaseModel phase, Unit unit, String arguments) {
        source.add(
                """
                case %1$s -> {
                Event.Delivery delivered = (Event.Delivery) event;
                %2$s ask = (%2$s) delivered.message();
                %3$s answer = state.%4$s(%5$s);
                if (answer != null) {
                node.send(delivered.from(), new %6$s(ask.number(), answer));
                }
                }
                """,
                handler.index(),
                phase.askName(),
                unit.names.boxed(handler.method().getReturnType()),
                handler.name(),
                arguments,
                phase.answerName());
    }

    /** The generated messages. */
    void addMessages(Source source) {
        for (PhaseModel phase : phases) {
            TypeElement question = phase.question().orElseThrow();
            addMessage(source, phase.askName(), question.asType(), "asked");
            addMessage(source, phase.answerName(), phase.answer().orElseThrow(), "answer");
        }
    }

    private void addMessage(Source source, String name, TypeMirror type, String component) {
        source.blank().add("/** The messages of one phase have its number. */");
        String header = "public record %s(long number, %s %s)".formatted(name, unit.names.of(type), component);
        if (isSized(type)) {
            source.add("""
                    %s implements Sized {
                    @Override
                    public long bytes() {
                    return %s.bytes();
                    }
                    }
                    """, header, component);
        } else {
            source.add(header + " {}");
        }
    }

    private boolean isSized(TypeMirror type) {
        return unit.types.directSupertypes(type).stream()
                .anyMatch(each -> ProtocolReader.isType(each, "dev.foresail.choice.Sized") || isSized(each));
    }

    static PhaseModel of(HandlerModel handler, Unit unit) {
        return unit.phases.stream()
                .filter(each -> each.handler().equals(handler))
                .findFirst()
                .orElseThrow();
    }

    /** The methods, of the end of a step, that say whether a phase ends and whether with enough. */
    void addDue(Source source) {
        for (PhaseModel phase : phases) {
            int index = phase.handler().index();
            source.blank().add("static boolean enough%s(%s state, Node node) {", index, unit.self());
            addEnough(source, phase);
            source.add("}")
                    .blank()
                    .add("static boolean due%s(%s state, Node node) {", index, unit.self())
                    .add(
                            "return state.%1$s.isRunning() && (Phases.isOver(state.%1$s) || enough%2$s(state, node));",
                            phase.of(), index)
                    .add("}");
        }
    }

    private void addEnough(Source source, PhaseModel phase) {
        if (PhaseModel.WORDS.contains(phase.until())) {
            source.add(
                    "return Phases.%s(state.%s);",
                    phase.until().equals("all") ? "haveAll" : "haveMajority", phase.of());
            return;
        }
        ExecutableElement method = unit.model.methodsNamed(phase.until()).get(0);
        List<String> arguments = new ArrayList<>();
        for (VariableElement parameter : method.getParameters()) {
            boolean isMap = ProtocolReader.isType(parameter.asType(), "java.util.SortedMap");
            arguments.add("state." + phase.of() + (isMap ? ".answers()" : ".asked().orElseThrow()"));
        }
        String receiver = method.getModifiers().contains(Modifier.STATIC) ? unit.self() : "state";
        source.add("""
                LayerCalls.asks(node);
                try {
                return %s.%s(%s);
                } finally {
                LayerCalls.answered(node);
                }
                """, receiver, phase.until(), String.join(", ", arguments));
    }

    /** Ends the phase when it is due, and runs its handler. */
    static void addEnd(Source source, PhaseModel phase, Unit unit) {
        int index = phase.handler().index();
        source.add("if (due%s(state, node)) {", index);
        if (hasTwoEnds(phase)) {
            source.add("boolean isEnough = enough%s(state, node);", index);
        }
        source.add(
                "PhaseState<%s, %s> ended = Phases.end(state.%s);",
                unit.names.of(phase.question().orElseThrow()),
                unit.names.of(phase.answer().orElseThrow()),
                phase.of());
        String ends = call(phase.handler().method());
        if (!hasTwoEnds(phase)) {
            source.add(ends);
        } else {
            source.add("if (isEnough) {").add(ends).add("} else {");
            source.add(call(unit.model.methodsNamed(phase.otherwise()).get(0))).add("}");
        }
        source.add("}");
    }

    private static boolean hasTwoEnds(PhaseModel phase) {
        return !phase.otherwise().isEmpty()
                && !phase.otherwise().equals(phase.handler().name());
    }

    private static String call(ExecutableElement method) {
        List<String> arguments = new ArrayList<>();
        for (VariableElement parameter : method.getParameters()) {
            if (ProtocolReader.isNode(parameter.asType())) {
                arguments.add("node");
            } else {
                boolean isMap = ProtocolReader.isType(parameter.asType(), "java.util.SortedMap");
                arguments.add(isMap ? "ended.answers()" : "ended.asked().orElseThrow()");
            }
        }
        return "state.%s(%s);".formatted(method.getSimpleName(), String.join(", ", arguments));
    }

    /** Has the phase keep a question that nobody can change. Messages of other layers within it are made so when they are handed over. */
    private void addFreeze(Source source, PhaseModel phase) {
        int tag = unit.model.messages().indexOf(phase.question().orElseThrow());
        Encoding ask = unit.messages.get(tag);
        if (!ask.holdsCollections()) {
            return;
        }
        source.add("Phases.freeze(state.%s, asked -> {", phase.of());
        if (ask.holdsRecords()) {
            source.add("UnaryOperator<Record> records = UnaryOperator.identity();");
        }
        source.add("return %s.asked();", ask.freeze("new " + phase.askName() + "(0, asked)"))
                .add("});");
    }

    /** What phases do at the very end of a step. */
    void addSettle(Source source) {
        for (PhaseModel phase : phases) {
            addFreeze(source, phase);
            source.add("Phases.ask(");
            source.add("state.%s,", phase.of());
            source.add("number -> new %s(number, state.%s.asked().orElseThrow()),", phase.askName(), phase.of());
            if (phase.hasDeadline()) {
                source.add("%s,", unit.duration(phase.deadline()));
                source.add("%s,", Unit.quoted(phase.handler().key()));
            }
            source.add("node").add(");");
        }
    }
}
