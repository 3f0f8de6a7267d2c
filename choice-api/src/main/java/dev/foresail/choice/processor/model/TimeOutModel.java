package dev.foresail.choice.processor.model;

import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;

/** A field or method that says how long something is waited for. */
public record TimeOutModel(Element element, AnnotationMirror annotation) {
    /** Those of a protocol, fields first, each in the order of the source. */
    public static List<TimeOutModel> all(ProtocolModel protocol) {
        return Stream.<Element>concat(protocol.lineage().fields().stream(), protocol.methods().stream())
                .flatMap(each -> Annotations.find(each, "TimeOut").stream()
                        .map(annotation -> new TimeOutModel(each, annotation)))
                .toList();
    }

    public String name() {
        return element.getSimpleName().toString();
    }

    public String awaited() {
        return Annotations.text(annotation, "value", "");
    }

    public boolean isLocal() {
        return Annotations.text(annotation, "local", "false").equals("true");
    }

    /** How it is read of a state. */
    public String expression() {
        return element.getKind() == ElementKind.METHOD ? name() + "()" : name();
    }
}
