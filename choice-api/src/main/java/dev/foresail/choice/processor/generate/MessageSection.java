package dev.foresail.choice.processor.generate;

import dev.foresail.choice.processor.encoding.Encoding;
import dev.foresail.choice.processor.encoding.Source;
import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.ProtocolReader;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.TypeElement;

/** Tags and bytes of messages, and what is done with those that nobody takes. */
final class MessageSection {
    private final Unit unit;

    MessageSection(Unit unit) {
        this.unit = unit;
    }

    void addConstants(Source source) {
        List<String> classes =
                unit.messages.stream().map(each -> each.javaType() + ".class").toList();
        source.addList("private static final List<Class<? extends Record>> MESSAGE_TYPES", classes);
    }

    void addTo(Source source) {
        source.blank().add("@Override").add("public List<Class<? extends Record>> messageTypes() {");
        source.add("return MESSAGE_TYPES;").add("}");
        addTag(source);
        addWrite(source);
        addRead(source);
        addFreeze(source);
        addIsFrozen(source);
        addMarked(source, "Datagram", "sendsDatagrams", "isDatagram");
        addMarked(source, "Urgent", "hasUrgentMessages", "isUrgent");
        addCarried(source);
        addOtherwise(source);
    }

    private void addTag(Source source) {
        source.blank().add("@Override").add("public int messageTag(Object message) {");
        for (int tag = 0; tag < unit.messages.size(); tag++) {
            source.add("if (message instanceof %s) {", unit.messages.get(tag).javaType());
            source.add("return %s;", tag).add("}");
        }
        source.add("return -1;").add("}");
    }

    private void addWrite(Source source) {
        source.blank().add("""
                        @Override
                        public void writeMessage(Object message, StateWriter out) {
                        int tag = messageTag(message);
                        if (tag >= 0) {
                        out.writeIndex(tag);
                        }
                        """);
        if (unit.messagesHoldRecords()) {
            source.add(Unit.enterRecords("out"));
        }
        source.add("switch (tag) {");
        for (int tag = 0; tag < unit.messages.size(); tag++) {
            String cast = "(" + unit.messages.get(tag).javaType() + ") message";
            source.add("case %s -> %s", tag, unit.messages.get(tag).write(cast));
        }
        source.add("default -> throw EventRules.unknownMessage(this, message);").add("}");
        if (unit.messagesHoldRecords()) {
            source.add(Unit.leaveRecords("out"));
        }
        source.add("}");
    }

    private void addRead(Source source) {
        int count = unit.messages.size();
        source.blank().add("@Override").add("public Object readMessage(StateReader in) {");
        if (count == 0) {
            source.add("throw new EncodingException(\"the protocol has no messages\");")
                    .add("}");
            return;
        }
        if (unit.messagesHoldRecords()) {
            source.add(Unit.enterRecords("in"));
        }
        source.add("Object message = switch (in.readIndex(%s)) {", count);
        for (int tag = 0; tag < count; tag++) {
            String kind = tag == count - 1 ? "default" : "case " + tag;
            source.add("%s -> %s;", kind, unit.messages.get(tag).read());
        }
        source.add("};");
        if (unit.messagesHoldRecords()) {
            source.add(Unit.leaveRecords("in"));
        }
        source.add("return message;").add("}");
    }

    private void addFreeze(Source source) {
        String parameter = "";
        source.blank();
        if (unit.messagesHoldRecords()) {
            source.add("""
                    @Override
                    public Object freeze(Object message) {
                    return freeze(message, record -> (Record) freeze(record));
                    }

                    """);
            parameter = ", UnaryOperator<Record> records";
        }
        source.add("@Override").add("public Object freeze(Object message%s) {", parameter);
        List<String> cases = new ArrayList<>();
        for (int tag = 0; tag < unit.messages.size(); tag++) {
            Encoding message = unit.messages.get(tag);
            String frozen =
                    message.holdsCollections() ? message.freeze("(" + message.javaType() + ") message") : "message";
            cases.add("case %s -> %s;".formatted(tag, frozen));
        }
        source.addSwitch("messageTag(message)", cases, "EventRules.unknownMessage(this, message)")
                .add("}");
    }

    /** Which types of messages can be handed over as they are. */
    private void addIsFrozen(Source source) {
        List<String> tags = new ArrayList<>();
        for (int tag = 0; tag < unit.messages.size(); tag++) {
            if (!unit.messages.get(tag).holdsCollections()) {
                tags.add("tag == " + tag);
            }
        }
        if (!tags.isEmpty()) {
            source.blank()
                    .add("@Override")
                    .add("public boolean isFrozen(int tag) {")
                    .add("return %s;", tags.size() == unit.messages.size() ? "true" : String.join(" || ", tags))
                    .add("}");
        }
    }

    /** Which types of messages are marked; generated ones never are. */
    private void addMarked(Source source, String annotation, String any, String each) {
        List<TypeElement> own = unit.model.messages();
        List<String> tags = new ArrayList<>();
        for (int tag = 0; tag < own.size(); tag++) {
            if (Annotations.has(own.get(tag), annotation)) {
                tags.add("tag == " + tag);
            }
        }
        if (!tags.isEmpty()) {
            DescriptionSection.addGetter(source, "boolean", any, "true");
            source.blank()
                    .add("@Override")
                    .add("public boolean %s(int tag) {", each)
                    .add("return %s;", String.join(" || ", tags))
                    .add("}");
        }
    }

    private void addCarried(Source source) {
        List<String> cases = new ArrayList<>();
        for (TypeElement message : unit.model.messages()) {
            message.getRecordComponents().stream()
                    .filter(each -> ProtocolReader.isType(each.asType(), "java.lang.Record"))
                    .findFirst()
                    .ifPresent(each ->
                            cases.add("if (message instanceof %1$s) {\nreturn Optional.of(((%1$s) message).%2$s());\n}"
                                    .formatted(unit.names.of(message), each.getSimpleName())));
        }
        if (!cases.isEmpty()) {
            source.blank().add("@Override").add("public Optional<Record> carried(Object message) {");
            cases.forEach(source::add);
            source.add("return Optional.empty();").add("}");
        }
    }

    private void addOtherwise(Source source) {
        source.blank().add("@Override").add("public Otherwise otherwise(Object message) {");
        List<String> cases = new ArrayList<>();
        for (int tag = 0; tag < unit.messages.size(); tag++) {
            cases.add("case %s -> Otherwise.%s;".formatted(tag, otherwise(tag)));
        }
        source.addSwitch("messageTag(message)", cases, "EventRules.unknownMessage(this, message)")
                .add("}");
    }

    /** What answers in a phase is dropped when it comes too late; other generated messages always have a handler. */
    private String otherwise(int tag) {
        if (tag >= unit.messages.size() - unit.phases.size()) {
            return "DROP";
        }
        return unit.model.messages().stream()
                .skip(tag)
                .limit(1)
                .flatMap(message -> unit.model.handlersOf(message).stream())
                .findFirst()
                .map(HandlerModel::otherwise)
                .orElse("ERROR");
    }
}
