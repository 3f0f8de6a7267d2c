package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.model.Annotations;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.Messager;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/** Reports mistakes with their codes, and counts them. */
public final class Diagnostics {
    private final Messager messager;
    private final Set<List<Object>> reported = new HashSet<>();
    private int count;

    public Diagnostics(Messager messager) {
        this.messager = messager;
    }

    /** How many mistakes were reported, or left to the compiler to report. */
    public int count() {
        return count;
    }

    /** Counts a mistake that the compiler itself reports. */
    void leaveToCompiler() {
        count++;
    }

    /** What several protocols inherit is reported once. */
    void error(String code, Element element, String text) {
        count++;
        if (!reported.add(List.of(element, code, text))) {
            return;
        }
        messager.printMessage(Diagnostic.Kind.ERROR, text(code, text), element);
    }

    /** Reports at the annotation's member where it is given, else at the annotation. */
    void error(String code, Element element, AnnotationMirror annotation, String member, String text) {
        count++;
        if (!reported.add(List.of(element, code, text))) {
            return;
        }
        AnnotationValue value = Annotations.given(annotation, member).orElse(null);
        if (value == null) {
            messager.printMessage(Diagnostic.Kind.ERROR, text(code, text), element, annotation);
        } else {
            messager.printMessage(Diagnostic.Kind.ERROR, text(code, text), element, annotation, value);
        }
    }

    /** A mistake that is reported by other means; empty when it was, at the same place. */
    Optional<String> counted(String code, Object place, String text) {
        count++;
        return reported.add(List.of(place, code, text)) ? Optional.of(text(code, text)) : Optional.empty();
    }

    static String text(String code, String text) {
        return "[" + code + "] " + text;
    }
}
