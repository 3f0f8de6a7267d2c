package dev.foresail.choice.processor.generate;

import dev.foresail.choice.processor.encoding.Encoding;
import dev.foresail.choice.processor.encoding.Source;
import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.LayerModel;
import dev.foresail.choice.processor.model.ServiceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * The classes through which calls between layers go: at the end that calls, the objects in the fields, which see to it that nobody can change
 * what is handed over; at the end that is called, those that ask the handlers.
 *
 * <p>Idea: each protocol has classes of its own that implement the interfaces of the services, so that each call has one target where it is
 * written, and a compiler can make one piece of code of a stack. Calls by number, with arrays of arguments, all meet in one place instead.
 */
final class CrossingSection {
    private static final String RECORD = Record.class.getName();

    private final Unit unit;
    private final LayerModel layer;

    CrossingSection(Unit unit) {
        this.unit = unit;
        this.layer = unit.model.layer();
    }

    void addTo(Source source) {
        for (int index = 0; index < layer.uses().size(); index++) {
            ServiceModel service = layer.uses().get(index).service().orElseThrow();
            addUsed(source, index, service);
            addAlone(source, index, service);
            int place = index;
            service.upcallsType().ifPresent(type -> addTaken(source, place, type, service.upcalls()));
        }
        if (!layer.above().isEmpty()) {
            addAbove(source, layer.provides().orElseThrow());
        }
        layer.provides().ifPresent(service -> addAnswered(source, service));
        if (layer.isLayer()) {
            addHandedOver(source);
        }
    }

    /** What layers hand over is mostly a message of the upper one: its own class knows without asking the stack how to freeze it. */
    private void addHandedOver(Source source) {
        source.blank().add("private static Record handedOver(Record message, Handover records) {");
        for (Encoding own : unit.messages) {
            source.add("if (message instanceof %s) {", own.javaType());
            if (own.holdsCollections()) {
                String frozen = own.freeze("(" + own.javaType() + ") message");
                source.add("return records.isFrozen(message) ? message : records.keep(%s);", frozen);
            } else {
                source.add("return message;");
            }
            source.add("}");
        }
        source.add("return records.apply(message);").add("}");
    }

    /** The object in a field marked {@code Uses}. */
    private void addUsed(Source source, int index, ServiceModel service) {
        source.blank().add("""
                        private static final class Used%1$s implements %2$s {
                        private final %2$s below;
                        private final Handover records;

                        Used%1$s(Object below, Handover records) {
                        this.below = (%2$s) below;
                        this.records = records;
                        }
                        """, index, unit.names.of(service.type()));
        for (ExecutableElement call : service.downcalls()) {
            addHead(source, call);
            List<String> arguments = new ArrayList<>();
            for (VariableElement parameter : call.getParameters()) {
                arguments.add(frozen(parameter.asType(), "argument" + arguments.size()));
            }
            addAnswer(source, call, "below." + call.getSimpleName() + "(" + String.join(", ", arguments) + ")");
            source.add("}");
        }
        source.add("}");
    }

    /** The object in a field marked {@code Uses} of a state that is in no stack. */
    private void addAlone(Source source, int index, ServiceModel service) {
        source.blank().add("private final class Alone%s implements %s {", index, unit.names.of(service.type()));
        for (ExecutableElement call : service.downcalls()) {
            addHead(source, call);
            source.add("throw LayerCalls.noService(%s.this, USED.get(%s));", unit.model.machineName(), index)
                    .add("}");
        }
        source.add("}");
    }

    /** The object in fields marked {@code Above}. */
    private void addAbove(Source source, ServiceModel service) {
        String type = unit.names.of(service.upcallsType().orElseThrow());
        source.blank().add("""
                        private static final class AboveUsers implements %1$s {
                        private final Receivers receivers;
                        private final %1$s[] users;
                        private final Handover records;

                        AboveUsers(Receivers receivers, Handover records) {
                        this.receivers = receivers;
                        this.users = receivers.users().toArray(new %1$s[0]);
                        this.records = records;
                        }
                        """, type);
        for (int method = 0; method < service.upcalls().size(); method++) {
            addUpcall(source, type, service.upcalls().get(method), method);
        }
        source.add("}");
    }

    private void addUpcall(Source source, String type, ExecutableElement call, int method) {
        addHead(source, call);
        List<String> arguments = new ArrayList<>();
        for (VariableElement parameter : call.getParameters()) {
            String argument = "argument" + arguments.size();
            String frozen = frozen(parameter.asType(), argument);
            // Messages are left to who takes them, as they are the receiver's own.
            if (!frozen.equals(argument) && !isMessage(parameter.asType())) {
                source.add("%s frozen%s = %s;", unit.names.of(parameter.asType()), arguments.size(), frozen);
                argument = "frozen" + arguments.size();
            }
            arguments.add(argument);
        }
        String receiver = receiver(call, method, arguments);
        String made = call.getSimpleName() + "(" + String.join(", ", arguments) + ")";
        if (isVoid(call)) {
            source.add("int receiver = %s;", receiver)
                    .add("if (receiver >= 0) {")
                    .add("users[receiver].%s;", made)
                    .add("} else {")
                    .add("for (%s each : users) {", type)
                    .add("each.%s;", made)
                    .add("}")
                    .add("}");
        } else {
            addAnswer(source, call, "users[" + receiver + "]." + made);
        }
        source.add("}");
    }

    /** Who gets the upcall: the layer that it names, else the one whose message it hands over, else the one that has called. */
    private String receiver(ExecutableElement call, int method, List<String> arguments) {
        for (int place = 0; place < arguments.size(); place++) {
            if (Annotations.has(call.getParameters().get(place), "Caller")) {
                return "receivers.named(" + method + ", " + arguments.get(place) + ")";
            }
        }
        for (int place = 0; place < arguments.size(); place++) {
            if (isMessage(call.getParameters().get(place).asType())) {
                return "receivers.owner(" + method + ", " + arguments.get(place) + ")";
            }
        }
        return "receivers.caller(" + method + ")";
    }

    /** What layers above have in their fields behind the objects of {@link #addUsed}. */
    private void addAnswered(Source source, ServiceModel service) {
        source.blank().add("""
                        private final class Answered implements %1$s {
                        private final %2$s state;
                        private final Crossing crossing;

                        Answered(%2$s state, Crossing crossing) {
                        this.state = state;
                        this.crossing = crossing;
                        }
                        """, unit.names.of(service.type()), unit.self());
        for (int method = 0; method < service.downcalls().size(); method++) {
            ExecutableElement call = service.downcalls().get(method);
            addHead(source, call);
            source.add("Node node = crossing.enter(%s);", method)
                    .add("try {")
                    .add(
                            "%sdowncall%s(state, node, crossing.caller()%s);",
                            isVoid(call) ? "" : "return ", method, arguments(call))
                    .add("} finally {")
                    .add("crossing.leave();")
                    .add("}")
                    .add("}");
        }
        source.add("}");
    }

    /** What a layer below has behind the object of {@link #addAbove}. */
    private void addTaken(Source source, int index, TypeElement type, List<ExecutableElement> calls) {
        source.blank().add("""
                        private final class Taken%1$s implements %2$s {
                        private final %3$s state;
                        private final Supplier<Node> node;
                        private final Handover records;

                        Taken%1$s(%3$s state, Supplier<Node> node, Handover records) {
                        this.state = state;
                        this.node = node;
                        this.records = records;
                        }
                        """, index, unit.names.of(type), unit.self());
        for (int method = 0; method < calls.size(); method++) {
            ExecutableElement call = calls.get(method);
            addHead(source, call);
            if (!layer.handlersOf(new LayerModel.Place(index, method)).isEmpty()) {
                source.add(
                        "%supcall%sOf%s(state, node.get()%s);",
                        isVoid(call) ? "" : "return ", method, index, taken(call));
            }
            source.add("}");
        }
        source.add("}");
    }

    /** The arguments of an upcall, with messages as nobody can change them. */
    private String taken(ExecutableElement call) {
        StringBuilder arguments = new StringBuilder();
        for (int place = 0; place < call.getParameters().size(); place++) {
            TypeMirror type = call.getParameters().get(place).asType();
            String argument = "argument" + place;
            arguments.append(", ").append(isMessage(type) ? frozen(type, argument) : argument);
        }
        return arguments.toString();
    }

    private boolean isMessage(TypeMirror type) {
        return ServiceModel.typeName(type, unit.types).equals(RECORD);
    }

    private static String arguments(ExecutableElement call) {
        return IntStream.range(0, call.getParameters().size())
                .mapToObj(place -> ", argument" + place)
                .collect(Collectors.joining());
    }

    private void addHead(Source source, ExecutableElement call) {
        source.blank()
                .add("@Override")
                .add(
                        "public %s %s(%s) {",
                        unit.names.of(call.getReturnType()),
                        call.getSimpleName(),
                        String.join(", ", parameters(unit, call)));
    }

    /** The parameters of a call, named by their places. */
    static List<String> parameters(Unit unit, ExecutableElement call) {
        List<String> parameters = new ArrayList<>();
        for (VariableElement parameter : call.getParameters()) {
            parameters.add(unit.names.of(parameter.asType()) + " argument" + parameters.size());
        }
        return parameters;
    }

    private void addAnswer(Source source, ExecutableElement call, String made) {
        TypeMirror type = call.getReturnType();
        String frozen = frozen(type, "answer");
        if (isVoid(call)) {
            source.add("%s;", made);
        } else if (frozen.equals("answer")) {
            source.add("return %s;", made);
        } else {
            source.add("%s answer = %s;", unit.names.of(type), made).add("return %s;", frozen);
        }
    }

    static boolean isVoid(ExecutableElement call) {
        return call.getReturnType().getKind() == TypeKind.VOID;
    }

    /** The value as two layers may hold it: nobody can change its collections. */
    private String frozen(TypeMirror type, String value) {
        if (type.getKind() == TypeKind.VOID) {
            return value;
        }
        if (isMessage(type)) {
            return "%1$s == null ? null : handedOver(%1$s, records)".formatted(value);
        }
        Encoding encoding = unit.valueEncoding(type);
        return encoding.holdsCollections()
                ? "%1$s == null ? null : %2$s".formatted(value, encoding.freeze(value))
                : value;
    }
}
