package dev.foresail.choice.processor.model;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * What {@link dev.foresail.choice.OnPhase} says, as it is written.
 *
 * @param field the phase that it is of; empty when there is none of that name, or its type does not say of what
 * @param until one of the two known words, or a method
 * @param deadline empty: none
 * @param otherwise empty: the handler itself
 */
public record PhaseModel(
        HandlerModel handler,
        String of,
        Optional<VariableElement> field,
        String until,
        String deadline,
        String otherwise) {
    /** The values of {@code until} that are no methods. */
    public static final List<String> WORDS = List.of("all", "majority");

    private static final String PHASE = "dev.foresail.choice.Phase";

    /** Those of a protocol, in the order of the source. */
    public static List<PhaseModel> all(ProtocolModel protocol) {
        return protocol.changes().stream()
                .filter(each -> each.kind() == HandlerModel.Kind.PHASE)
                .map(handler -> read(handler, protocol))
                .toList();
    }

    private static PhaseModel read(HandlerModel handler, ProtocolModel protocol) {
        String of = text(handler, "of", "");
        Optional<VariableElement> field = fields(protocol).stream()
                .filter(each -> each.getSimpleName().contentEquals(of))
                .filter(each ->
                        ((DeclaredType) each.asType()).getTypeArguments().size() == 2)
                .findFirst();
        return new PhaseModel(
                handler,
                of,
                field,
                text(handler, "until", WORDS.get(0)),
                text(handler, "deadline", ""),
                text(handler, "otherwise", ""));
    }

    private static String text(HandlerModel handler, String member, String otherwise) {
        return Annotations.text(handler.annotation(), member, otherwise);
    }

    /** The phases that a protocol has. */
    public static List<VariableElement> fields(ProtocolModel protocol) {
        return protocol.fields().stream()
                .filter(each -> ProtocolReader.isType(each.asType(), PHASE))
                .toList();
    }

    /** The phase in which such messages are asked; empty when they are messages like others. */
    public static Optional<PhaseModel> asking(TypeElement message, ProtocolModel protocol) {
        return all(protocol).stream()
                .filter(each -> each.question().filter(message::equals).isPresent())
                .findFirst();
    }

    /** The phase whose questions the handler answers; empty for a handler of other events. */
    public static Optional<PhaseModel> answeredBy(HandlerModel handler, ProtocolModel protocol) {
        return handler.messages().stream()
                .flatMap(each -> asking(each, protocol).stream())
                .findFirst();
    }

    public boolean hasDeadline() {
        return !deadline.isEmpty();
    }

    /** The record that is asked; empty when the field is missing or says something else. */
    public Optional<TypeElement> question() {
        return argument(0).filter(each -> each.getKind() == TypeKind.DECLARED).map(each ->
                (TypeElement) ((DeclaredType) each).asElement());
    }

    /** The type of the answers; empty when the field is missing. */
    public Optional<TypeMirror> answer() {
        return argument(1);
    }

    private Optional<TypeMirror> argument(int index) {
        return field.map(
                each -> ((DeclaredType) each.asType()).getTypeArguments().get(index));
    }

    /** The generated message that asks; of a phase without mistakes. */
    public String askName() {
        return question().orElseThrow().getSimpleName() + "Ask";
    }

    /** The generated message that answers. */
    public String answerName() {
        return question().orElseThrow().getSimpleName() + "Answer";
    }
}
