package dev.foresail.choice.processor.model;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;

/**
 * What {@link dev.foresail.choice.OnSilence} says, as it is written.
 *
 * @param send empty when pings are sent
 * @param answers empty when all messages are signs of life
 */
public record Detector(
        HandlerModel handler,
        String of,
        String counts,
        String every,
        String within,
        String send,
        List<TypeElement> answers) {
    /** Those of a protocol, in the order of the source. */
    public static List<Detector> all(ProtocolModel protocol) {
        return protocol.handlersOf(HandlerModel.Kind.SILENCE).stream()
                .map(Detector::read)
                .toList();
    }

    /** Whether generated pings are sent, and so answered, by nodes of the protocol. */
    public static boolean anyPings(ProtocolModel protocol) {
        return all(protocol).stream().anyMatch(each -> each.send().isEmpty());
    }

    private static Detector read(HandlerModel handler) {
        return new Detector(
                handler,
                text(handler, "of"),
                text(handler, "counts"),
                text(handler, "every"),
                text(handler, "within"),
                text(handler, "send"),
                Annotations.types(handler.annotation(), "answers").stream()
                        .filter(each -> each.getKind() == TypeKind.DECLARED)
                        .map(each -> (TypeElement) ((DeclaredType) each).asElement())
                        .toList());
    }

    private static String text(HandlerModel handler, String member) {
        return Annotations.text(handler.annotation(), member, "");
    }

    /** The field of the configuration that {@code written} names; empty when it is a duration, or nothing. */
    public static Optional<VariableElement> configured(String written, ProtocolModel protocol) {
        return protocol.configuration().stream()
                .flatMap(each -> each.field().stream())
                .filter(each -> each.getSimpleName().contentEquals(written))
                .filter(each -> ProtocolReader.isType(each.asType(), "java.time.Duration"))
                .findFirst();
    }
}
