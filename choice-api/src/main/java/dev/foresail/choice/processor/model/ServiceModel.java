package dev.foresail.choice.processor.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * An interface marked {@code @Service}. Immutable.
 *
 * @param upcallsType the nested interface {@code Upcalls}
 * @param downcalls its methods without a body, in the order of their texts
 * @param upcalls those of {@code Upcalls}, likewise
 */
public record ServiceModel(
        TypeElement type,
        Optional<TypeElement> upcallsType,
        List<ExecutableElement> downcalls,
        List<ExecutableElement> upcalls) {
    private static final String UPCALLS = "Upcalls";

    /** The service of that type; empty when it is none. */
    static Optional<ServiceModel> of(TypeMirror type, Elements elements, Types types) {
        if (type.getKind() != TypeKind.DECLARED) {
            return Optional.empty();
        }
        TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
        if (element.getKind() != ElementKind.INTERFACE || !Annotations.has(element, "Service")) {
            return Optional.empty();
        }
        Optional<TypeElement> upcalls = ElementFilter.typesIn(element.getEnclosedElements()).stream()
                .filter(each -> each.getKind() == ElementKind.INTERFACE)
                .filter(each -> each.getSimpleName().contentEquals(UPCALLS))
                .findFirst();
        return Optional.of(new ServiceModel(
                element,
                upcalls,
                calls(element, elements, types),
                upcalls.map(each -> calls(each, elements, types)).orElse(List.of())));
    }

    private static List<ExecutableElement> calls(TypeElement type, Elements elements, Types types) {
        return ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
                .filter(each -> each.getModifiers().contains(Modifier.ABSTRACT))
                .sorted(Comparator.comparing(each -> text(each, types)))
                .toList();
    }

    private static String text(ExecutableElement call, Types types) {
        return call.getSimpleName()
                + call.getParameters().stream()
                        .map(each -> typeName(each.asType(), types))
                        .collect(Collectors.joining(",", "(", ")"));
    }

    /** The type's qualified name without arguments. */
    public static String typeName(TypeMirror type, Types types) {
        TypeMirror erased = types.erasure(type);
        if (erased.getKind() != TypeKind.DECLARED) {
            return erased.getKind().isPrimitive()
                    ? types.getPrimitiveType(erased.getKind()).toString()
                    : erased.toString();
        }
        Element element = ((DeclaredType) erased).asElement();
        return ((TypeElement) element).getQualifiedName().toString();
    }

    /** The calls that this service makes upwards, or answers from above. */
    public List<ExecutableElement> calls(boolean upwards) {
        return upwards ? upcalls : downcalls;
    }

    /** The name for people. */
    public String name() {
        return type.getSimpleName().toString();
    }
}
