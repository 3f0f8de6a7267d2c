package dev.foresail.choice.processor.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/** Reads the annotations of {@code dev.foresail.choice} from the source. */
public final class Annotations {
    private static final String PACKAGE = "dev.foresail.choice.";

    private Annotations() {}

    public static Optional<AnnotationMirror> find(Element element, String simpleName) {
        for (AnnotationMirror annotation : element.getAnnotationMirrors()) {
            TypeElement type = (TypeElement) annotation.getAnnotationType().asElement();
            if (type.getQualifiedName().contentEquals(PACKAGE + simpleName)) {
                return Optional.of(annotation);
            }
        }
        return Optional.empty();
    }

    public static boolean has(Element element, String simpleName) {
        return find(element, simpleName).isPresent();
    }

    /** The value as it stands in the source; empty when the default applies. */
    public static Optional<AnnotationValue> given(AnnotationMirror annotation, String member) {
        for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
                annotation.getElementValues().entrySet()) {
            if (entry.getKey().getSimpleName().contentEquals(member)) {
                return Optional.of(entry.getValue());
            }
        }
        return Optional.empty();
    }

    /** The text of a string or the name of an enum constant, {@code otherwise} when it is not given. */
    public static String text(AnnotationMirror annotation, String member, String otherwise) {
        Optional<Object> value = given(annotation, member).map(AnnotationValue::getValue);
        if (value.isPresent() && value.get() instanceof VariableElement constant) {
            return constant.getSimpleName().toString();
        }
        return value.map(Object::toString).orElse(otherwise);
    }

    /** The class that stands in the source; empty when the default applies, or the compiler does not know it. */
    public static Optional<TypeMirror> type(AnnotationMirror annotation, String member) {
        return given(annotation, member)
                .map(AnnotationValue::getValue)
                .filter(TypeMirror.class::isInstance)
                .map(TypeMirror.class::cast);
    }

    /** The classes that stand in the source; none when the default applies, and without those that the compiler does not know. */
    public static List<TypeMirror> types(AnnotationMirror annotation, String member) {
        List<TypeMirror> types = new ArrayList<>();
        Optional<Object> value = given(annotation, member).map(AnnotationValue::getValue);
        if (value.isPresent() && value.get() instanceof List<?> list) {
            for (Object each : list) {
                if (((AnnotationValue) each).getValue() instanceof TypeMirror type) {
                    types.add(type);
                }
            }
        }
        return types;
    }

    public static List<String> texts(AnnotationMirror annotation, String member) {
        List<String> texts = new ArrayList<>();
        Optional<Object> value = given(annotation, member).map(AnnotationValue::getValue);
        if (value.isPresent() && value.get() instanceof List<?> list) {
            for (Object each : list) {
                texts.add(String.valueOf(((AnnotationValue) each).getValue()));
            }
        }
        return texts;
    }
}
