package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.HandlerModel;
import java.util.List;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;

/** FS026, FS036: the class itself, and what there may be only one of. */
final class ProtocolCheck extends Check {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    ProtocolCheck(Context context) {
        super(context);
    }

    @Override
    void run() {
        checkClass();
        Annotations.find(protocol.type(), "Protocol")
                .filter(each -> !NAME.matcher(protocol.name()).matches())
                .ifPresent(each -> error(
                        "FS026",
                        protocol.type(),
                        each,
                        "value",
                        "the name '" + protocol.name()
                                + "' must be lower-case letters, digits and hyphens, a letter first"));
        checkOne(protocol.handlersOf(HandlerModel.Kind.START), "OnStart");
        checkOne(protocol.handlersOf(HandlerModel.Kind.RESTART), "OnRestart");
        for (Element second : protocol.neighbours().stream().skip(1).toList()) {
            Element first = protocol.neighbours().get(0);
            error(
                    "FS036",
                    second,
                    "a protocol has at most one @Neighbours; merge them into one method" + inherited(first));
        }
    }

    private void checkOne(List<HandlerModel> handlers, String annotation) {
        for (HandlerModel second : handlers.stream().skip(1).toList()) {
            error(
                    "FS036",
                    second.method(),
                    "a protocol has at most one @" + annotation + "; '"
                            + handlers.get(0).name() + "' is one already"
                            + inherited(handlers.get(0).method()));
        }
    }

    private String inherited(Element first) {
        TypeElement declarer = declarer(first);
        return declarer.equals(protocol.type())
                ? ""
                : ", inherited from " + declarer.getSimpleName() + ": override '" + first.getSimpleName() + "'";
    }

    private void checkClass() {
        TypeElement type = protocol.type();
        if (type.getKind() != ElementKind.CLASS) {
            refuse("a class with fields for its state");
            return;
        }
        if (type.getModifiers().contains(Modifier.ABSTRACT)) {
            refuse("not abstract");
        }
        if (type.getNestingKind() != NestingKind.TOP_LEVEL
                && !type.getModifiers().contains(Modifier.STATIC)) {
            refuse("top level or static");
        }
        for (Element at = type; at != null && at.getKind() != ElementKind.PACKAGE; at = at.getEnclosingElement()) {
            if (at.getModifiers().contains(Modifier.PRIVATE)) {
                refuse("not private, nor within a private class");
            }
        }
        if (!type.getTypeParameters().isEmpty()) {
            refuse("not generic");
        }
    }

    private void refuse(String must) {
        error("FS026", protocol.type(), "a protocol must be " + must);
    }
}
