package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.encoding.Encodings;
import dev.foresail.choice.processor.encoding.NotEncodableException;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.HandlerParameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;

/** FS001, FS002, FS010: the messages. */
final class MessageCheck extends Check {
    MessageCheck(Context context) {
        super(context);
    }

    @Override
    void run() {
        Set<TypeElement> seen = new HashSet<>();
        for (HandlerModel handler : protocol.handlersOf(HandlerModel.Kind.MESSAGE)) {
            for (HandlerParameter parameter : handler.with(HandlerParameter.Role.MESSAGE)) {
                if (!isBroken(parameter.type()) && isMessage(parameter)) {
                    handler.messages().stream()
                            .filter(seen::add)
                            .forEach(message -> checkComponents(message, parameter));
                }
            }
        }
        checkAllHandled();
    }

    private boolean isMessage(HandlerParameter parameter) {
        boolean fits = parameter.type().getKind() == TypeKind.DECLARED;
        if (fits) {
            TypeElement type = (TypeElement) ((DeclaredType) parameter.type()).asElement();
            fits = Encodings.expand(type, new ArrayList<>())
                    && type.getTypeParameters().isEmpty();
        }
        if (!fits) {
            error(
                    "FS001",
                    parameter.element(),
                    "the message '" + parameter.name() + "' must be a record, or a sealed interface of records,"
                            + " without type parameters: messages are immutable values");
        }
        return fits;
    }

    private void checkComponents(TypeElement message, HandlerParameter parameter) {
        int before = diagnostics.count();
        for (RecordComponentElement component : message.getRecordComponents()) {
            if (isBroken(component.asType())) {
                continue;
            }
            try {
                encodings.ofValue(component.asType());
            } catch (NotEncodableException refused) {
                error(
                        "FS002",
                        inSource(fieldOf(message, component), parameter.element()),
                        "the component '" + component.getSimpleName() + "' of the message " + message.getSimpleName()
                                + " is no immutable value: " + refused.reason());
            }
        }
        try {
            encodings.ofValue(message.asType());
        } catch (NotEncodableException refused) {
            if (diagnostics.count() == before) {
                error(
                        "FS002",
                        inSource(message, parameter.element()),
                        "the message " + message.getSimpleName() + " cannot be sent: " + refused.reason());
            }
        }
    }

    /** The component's field: javac knows the line of fields, not of components. */
    private static Element fieldOf(TypeElement message, RecordComponentElement component) {
        return ElementFilter.fieldsIn(message.getEnclosedElements()).stream()
                .filter(each -> each.getSimpleName().equals(component.getSimpleName()))
                .map(Element.class::cast)
                .findFirst()
                .orElse(message);
    }

    /** A sealed interface of the protocol's own is a promise: who handles one of its records handles all. */
    private void checkAllHandled() {
        for (TypeElement nested : protocol.lineage().nested()) {
            List<TypeElement> records = new ArrayList<>();
            boolean sealed = nested.getRecordComponents().isEmpty()
                    && !protocol.messages().contains(nested)
                    && Encodings.expand(nested, records)
                    && !records.contains(nested);
            if (!sealed || records.stream().noneMatch(protocol.messages()::contains)) {
                continue;
            }
            for (TypeElement record : records) {
                if (!protocol.messages().contains(record)) {
                    error(
                            "FS010",
                            inSource(record, protocol.type()),
                            "no handler takes the message " + record.getSimpleName() + " of "
                                    + nested.getSimpleName() + "; add @OnMessage void "
                                    + handlerName(record) + "(" + record.getSimpleName() + " message, Node node)");
                }
            }
        }
    }

    private static String handlerName(TypeElement record) {
        return Optional.of(record.getSimpleName().toString())
                .map(name -> Character.toLowerCase(name.charAt(0)) + name.substring(1))
                .orElseThrow();
    }
}
