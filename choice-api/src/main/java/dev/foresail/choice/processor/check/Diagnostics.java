package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.model.Annotations;
import javax.annotation.processing.Messager;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/** Reports mistakes with their codes, and counts them. */
public final class Diagnostics {
    private final Messager messager;
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

    void error(String code, Element element, String text) {
        count++;
        messager.printMessage(Diagnostic.Kind.ERROR, text(code, text), element);
    }

    /** Reports at the annotation's member where it is given, else at the annotation. */
    void error(String code, Element element, AnnotationMirror annotation, String member, String text) {
        count++;
        AnnotationValue value = Annotations.given(annotation, member).orElse(null);
        if (value == null) {
            messager.printMessage(Diagnostic.Kind.ERROR, text(code, text), element, annotation);
        } else {
            messager.printMessage(Diagnostic.Kind.ERROR, text(code, text), element, annotation, value);
        }
    }

    /** A mistake that is reported by other means. */
    String counted(String code, String text) {
        count++;
        return text(code, text);
    }

    static String text(String code, String text) {
        return "[" + code + "] " + text;
    }
}
