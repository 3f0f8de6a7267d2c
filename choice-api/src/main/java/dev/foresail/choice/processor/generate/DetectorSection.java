package dev.foresail.choice.processor.generate;

import dev.foresail.choice.processor.encoding.Source;
import dev.foresail.choice.processor.model.Detector;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.HandlerParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Detectors: their probes, signs of life, whom they watch; nothing for a protocol without. */
final class DetectorSection {
    private final Unit unit;
    private final List<Detector> detectors;
    private final Expressions expressions;

    DetectorSection(Unit unit) {
        this.unit = unit;
        this.detectors = Detector.all(unit.model);
        this.expressions = new Expressions(unit);
    }

    private static int pingHandler(Unit unit) {
        return unit.model.handlers().size();
    }

    private static int startHandler(Unit unit) {
        return pingHandler(unit) + (unit.hasPings() ? 2 : 0);
    }

    /** Whether the protocol leaves it to its detectors to begin when the node starts: there may be somebody to watch at once. */
    static boolean handlesStart(Unit unit) {
        return !Detector.all(unit.model).isEmpty()
                && unit.model.handlersOf(HandlerModel.Kind.START).isEmpty();
    }

    /** The descriptions of the generated handlers of pings, of their answers and of starts, which stand behind the protocol's own; no method can have their names. */
    static List<String> descriptions(Unit unit) {
        List<String> descriptions = new ArrayList<>();
        if (unit.hasPings()) {
            descriptions.add(description("answer-ping", "message " + Unit.PING));
            descriptions.add(description("hear-pong", "message " + Unit.PONG));
        }
        if (handlesStart(unit)) {
            descriptions.add(description("begin-watching", "start"));
        }
        return descriptions;
    }

    static String description(String name, String event) {
        return "new HandlerDescription(%s, \"\", List.of(), List.of(%s), List.of())"
                .formatted(Unit.quoted(name), Unit.quoted(event));
    }

    /** The alternatives of a start that the protocol does not handle itself. */
    static void addStart(Unit unit, Source source, String method) {
        source.blank().add("private static List<Alternative> %s(%s state, Node node) {", method, unit.self());
        source.add("return List.of(Alternative.of(%s));", startHandler(unit)).add("}");
    }

    /** The methods that list the alternatives of pings and their answers. */
    static void addAlternatives(Unit unit, Source source) {
        if (!unit.hasPings()) {
            return;
        }
        for (int index = 0; index < 2; index++) {
            int tag = unit.model.messages().size() + index;
            source.blank()
                    .add(
                            "private static List<Alternative> onMessage%s(%s state, %s message, NodeId from, Node node) {",
                            tag, unit.self(), unit.messages.get(tag).javaType());
            source.add("return List.of(Alternative.of(%s));", pingHandler(unit) + index)
                    .add("}");
        }
    }

    /** What comes first in a step: the message that begins it is a sign of life of its sender. */
    void addSignsOfLife(Source source) {
        if (detectors.isEmpty()) {
            return;
        }
        source.add("if (event instanceof Event.Delivery delivery) {");
        for (Detector detector : detectors) {
            String heard = "state.%s.remove(delivery.from());".formatted(detector.counts());
            if (detector.answers().isEmpty()) {
                source.add(heard);
            } else {
                String answers = detector.answers().stream()
                        .map(each -> "delivery.message() instanceof " + unit.names.of(each))
                        .collect(Collectors.joining(" || "));
                source.add("if (%s) {", answers).add(heard).add("}");
            }
        }
        source.add("}");
    }

    /** What is done for a ping and its answer, and for a start: what follows at the end of the step. */
    void addAnswers(Source source) {
        if (unit.hasPings()) {
            int ping = pingHandler(unit);
            source.add("case %s -> node.send(((Event.Delivery) event).from(), new %s());", ping, Unit.PONG);
            source.add("case %s -> {}", ping + 1);
        }
        if (handlesStart(unit)) {
            source.add("case %s -> {}", startHandler(unit));
        }
    }

    /** The periods' ends, whom there is to watch, and the generated messages. */
    void addTo(Source source) {
        for (Detector detector : detectors) {
            addProbe(source, detector);
            addWatched(source, detector);
        }
        if (unit.hasPings()) {
            source.blank().add("""
                    /** A detector asks for a sign of life. */
                    public record %1$s() {
                    @Override
                    public String toString() {
                    return "%3$s.%1$s";
                    }
                    }

                    /** A sign of life. */
                    public record %2$s() {
                    @Override
                    public String toString() {
                    return "%3$s.%2$s";
                    }
                    }
                    """, Unit.PING, Unit.PONG, unit.model.name());
        }
    }

    private void addProbe(Source source, Detector detector) {
        HandlerModel handler = detector.handler();
        List<String> arguments = new ArrayList<>();
        for (HandlerParameter parameter : handler.parameters()) {
            arguments.add(parameter.role() == HandlerParameter.Role.FROM ? "silent" : "node");
        }
        source.blank().add("private static void probe%s(%s state, Node node) {", handler.index(), unit.self());
        source.add("Detectors.probe(");
        source.add("watched%s(state, node),", handler.index());
        source.add("state.%s,", detector.counts());
        source.add("Detectors.most(%s, %s),", unit.duration(detector.every()), unit.duration(detector.within()));
        source.add("%s,", message(detector));
        source.add("silent -> state.%s(%s),", handler.name(), String.join(", ", arguments));
        source.add("node").add(");").add("}");
    }

    private String message(Detector detector) {
        return detector.send().isEmpty() ? "new " + Unit.PING + "()" : expressions.question(detector.send());
    }

    private void addWatched(Source source, Detector detector) {
        HandlerModel handler = detector.handler();
        String nodes = "List.copyOf(" + expressions.nodes(detector.of()) + ")";
        Optional<String> condition = expressions.condition(handler);
        source.blank()
                .add("private static List<NodeId> watched%s(%s state, Node node) {", handler.index(), unit.self());
        source.add(
                """
                LayerCalls.asks(node);
                try {
                return %s;
                } finally {
                LayerCalls.answered(node);
                }
                }
                """,
                condition.map(each -> each + " ? " + nodes + " : List.of()").orElse(nodes));
    }

    /** What detectors do before handlers of changes look. */
    void addForget(Source source) {
        source.blank().add("@Override").add("public void forget(%s state, Node node) {", unit.self());
        for (Detector detector : detectors) {
            source.add(
                    "Detectors.forget(watched%s(state, node), state.%s, node);",
                    detector.handler().index(), detector.counts());
        }
        source.add("}");
    }

    /** What detectors do at the very end of a step. */
    void addSettle(Source source) {
        for (Detector detector : detectors) {
            source.add("Detectors.settle(");
            source.add("watched%s(state, node),", detector.handler().index());
            source.add("%s,", unit.duration(detector.every()));
            source.add("%s,", unit.duration(detector.within()));
            source.add("%s,", Unit.quoted(detector.handler().key()));
            source.add("node").add(");");
        }
    }
}
