package dev.foresail.choice.processor.generate;

import dev.foresail.choice.processor.encoding.Encoding;
import dev.foresail.choice.processor.encoding.Encodings;
import dev.foresail.choice.processor.encoding.NotEncodableException;
import dev.foresail.choice.processor.encoding.TypeNames;
import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.Detector;
import dev.foresail.choice.processor.model.PhaseModel;
import dev.foresail.choice.processor.model.ProtocolModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** What all sections of one generated file share. */
final class Unit {
    /** The messages of detectors that send none of the protocol's: records within the machine. */
    static final String PING = "Ping";

    static final String PONG = "Pong";

    final ProtocolModel model;
    final TypeNames names;
    final Types types;
    final Encodings encodings;
    final List<StateField> stateFields;
    /** The protocol's own, where they are asked in a phase as the generated records that ask; then pings and their answers; then the answers in phases. */
    final List<Encoding> messages;

    final List<PhaseModel> phases;
    final Set<ExecutableElement> ofStableFields;

    Unit(ProtocolModel model, TypeNames names, Types types, Encodings encodings, Set<ExecutableElement> ofStableFields)
            throws NotEncodableException {
        this.model = model;
        this.names = names;
        this.types = types;
        this.encodings = encodings;
        this.ofStableFields = ofStableFields;
        this.stateFields = stateFields();
        this.messages = new ArrayList<>();
        this.phases = PhaseModel.all(model);
        for (TypeElement message : model.messages()) {
            Optional<PhaseModel> asking = PhaseModel.asking(message, model);
            messages.add(
                    asking.isPresent()
                            ? encodings.numbered(asking.get().askName(), "asked", message.asType())
                            : encodings.ofValue(message.asType()));
        }
        if (Detector.anyPings(model)) {
            messages.add(Encodings.empty(PING));
            messages.add(Encodings.empty(PONG));
        }
        for (PhaseModel phase : phases) {
            messages.add(encodings.numbered(
                    phase.answerName(), "answer", phase.answer().orElseThrow()));
        }
    }

    private List<StateField> stateFields() throws NotEncodableException {
        List<StateField> fields = new ArrayList<>();
        for (VariableElement field : model.fields()) {
            StateField state = new StateField(field, encodings.ofState(field.asType()));
            if (!field.getModifiers().contains(Modifier.FINAL)
                    || state.encoding().isMutable()) {
                fields.add(state);
            }
        }
        return fields;
    }

    /** Whether the two messages behind the protocol's own are a detector's. */
    boolean hasPings() {
        return Detector.anyPings(model);
    }

    /** Whether any message goes over connections; those that only calls of other layers take go within messages of others. */
    boolean usesConnections() {
        return messages.size() > model.messages().size()
                || model.messages().stream()
                        .filter(each -> !model.handlersOf(each).isEmpty())
                        .anyMatch(each -> !Annotations.has(each, "Datagram"));
    }

    /** The tag of the answers in a phase. */
    int answerTag(PhaseModel phase) {
        return messages.size() - phases.size() + phases.indexOf(phase);
    }

    /** The expression of a duration: what is written, or the field of the configuration that it names. */
    String duration(String written) {
        return Detector.configured(written, model).isPresent()
                ? "state." + written
                : DescriptionSection.duration(written);
    }

    /** The protocol's class as the generated file names it. */
    String self() {
        return names.of(model.type());
    }

    /** The encoding of a value that the checks have found to have one. */
    Encoding valueEncoding(TypeMirror type) {
        try {
            return encodings.ofValue(type);
        } catch (NotEncodableException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** The constructor's call with the configuration of the state {@code like}. */
    String constructLike(String like) {
        return construct(model.configuration().stream()
                .map(each -> like + "." + each.name())
                .collect(Collectors.joining(", ")));
    }

    /** The constructor's call with these arguments. */
    String construct(String arguments) {
        String made = "new " + self() + "(" + arguments + ")";
        return callsLayers() ? "alone(" + made + ")" : made;
    }

    /** Whether the state has fields by which it calls other layers. */
    boolean callsLayers() {
        return !model.layer().uses().isEmpty() || !model.layer().above().isEmpty();
    }

    /** Whether some message holds messages of any layer. */
    boolean messagesHoldRecords() {
        return messages.stream().anyMatch(Encoding::holdsRecords);
    }

    /** The statement that says whose messages those within are; {@code coder} writes or reads. */
    static String enterRecords(String coder) {
        return "boolean outermost = " + coder + ".enterRecords(this);";
    }

    static String leaveRecords(String coder) {
        return "if (outermost) {\n" + coder + ".leaveRecords();\n}";
    }

    /** A string literal. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int index = 0; index < text.length(); index++) {
            char each = text.charAt(index);
            switch (each) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> quoted.append(each < ' ' ? "\\u%04x".formatted((int) each) : String.valueOf(each));
            }
        }
        return quoted.append('"').toString();
    }
}
