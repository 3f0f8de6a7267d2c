package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.PhaseModel;
import dev.foresail.choice.processor.model.ProtocolReader;
import dev.foresail.choice.processor.model.TimeOutModel;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/** FS531, FS532: datagrams, and declared time-outs. */
final class TransportCheck extends Check {
    private static final String DURATION = "java.time.Duration";

    TransportCheck(Context context) {
        super(context);
    }

    @Override
    void run() {
        protocol.messages().stream()
                .filter(each -> Annotations.has(each, "Datagram"))
                .forEach(this::checkDatagram);
        TimeOutModel.all(protocol).forEach(this::checkTimeOut);
    }

    private void checkDatagram(TypeElement message) {
        if (PhaseModel.asking(message, protocol).isPresent()) {
            error(
                    "FS531",
                    inSource(message, protocol.type()),
                    "the datagram " + message.getSimpleName()
                            + " is asked in a phase, which has connections tell it of nodes that cannot answer; remove @Datagram");
        }
        for (ExecutableElement handOver : protocol.handOvers()) {
            if (handOver.getParameters().size() == 2
                    && types.isAssignable(
                            message.asType(), handOver.getParameters().get(1).asType())) {
                error(
                        "FS531",
                        handOver,
                        "the hand-over '" + handOver.getSimpleName() + "' takes the datagram " + message.getSimpleName()
                                + ", of which nobody knows whether it has come; remove @Datagram");
            }
        }
    }

    private void checkTimeOut(TimeOutModel timeOut) {
        Element element = timeOut.element();
        boolean method = element.getKind() == ElementKind.METHOD;
        TypeMirror type = method ? ((ExecutableElement) element).getReturnType() : element.asType();
        if (isBroken(type)) {
            return;
        }
        boolean readable = unreachable(element).isEmpty()
                && !element.getModifiers().contains(Modifier.STATIC)
                && (method ? ((ExecutableElement) element).getParameters().isEmpty() : isConfiguration(element));
        if (!readable || !ProtocolReader.isType(type, DURATION)) {
            error(
                    "FS532",
                    element,
                    "the time-out '" + element.getSimpleName()
                            + "' must be a Duration of the configuration, or a method without parameters that returns one,"
                            + " and not private or static");
        }
    }

    private boolean isConfiguration(Element field) {
        return protocol.configuration().stream()
                .flatMap(each -> each.field().stream())
                .map(VariableElement::getSimpleName)
                .anyMatch(field.getSimpleName()::equals);
    }
}
