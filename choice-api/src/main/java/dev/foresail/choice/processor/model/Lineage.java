package dev.foresail.choice.processor.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * A protocol's class and the superclasses whose members are the protocol's too. Immutable.
 *
 * @param classes the highest superclass first, the protocol last; from a superclass that cannot be read as part of a protocol upwards there are none
 */
public record Lineage(List<TypeElement> classes) {
    public Lineage {
        classes = List.copyOf(classes);
    }

    static Lineage of(TypeElement protocol) {
        List<TypeElement> classes = new ArrayList<>(List.of(protocol));
        for (Optional<TypeElement> above = superclass(protocol);
                above.isPresent() && isReadable(above.get());
                above = superclass(above.get())) {
            classes.add(above.get());
        }
        Collections.reverse(classes);
        return new Lineage(classes);
    }

    /** The superclass; empty when it is {@code Object}, or the compiler does not know it. */
    public static Optional<TypeElement> superclass(TypeElement type) {
        return type.getSuperclass().getKind() == TypeKind.DECLARED
                ? Optional.of((TypeElement) ((DeclaredType) type.getSuperclass()).asElement())
                        .filter(above -> !above.getQualifiedName().contentEquals("java.lang.Object"))
                : Optional.empty();
    }

    /** Whether it is of no platform class, whose fields the compiler may hide, and has no type parameters. */
    public static boolean isReadable(TypeElement superclass) {
        return !superclass.getQualifiedName().toString().matches("javax?\\..*")
                && superclass.getTypeParameters().isEmpty();
    }

    /** The superclasses, the highest first. */
    public List<TypeElement> superclasses() {
        return classes.subList(0, classes.size() - 1);
    }

    /** The fields of all classes, those of superclasses first, each class's as in its source. */
    public List<VariableElement> fields() {
        return classes.stream()
                .flatMap(type -> ElementFilter.fieldsIn(type.getEnclosedElements()).stream())
                .toList();
    }

    /** The classes, interfaces and records that stand within the classes. */
    public List<TypeElement> nested() {
        return classes.stream()
                .flatMap(type -> ElementFilter.typesIn(type.getEnclosedElements()).stream())
                .toList();
    }

    /** The methods as an object of the protocol has them, those of superclasses first; who replaces another has its place. */
    List<ExecutableElement> methods(Elements elements) {
        List<ExecutableElement> methods = new ArrayList<>();
        for (TypeElement type : classes) {
            for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
                int before = 0;
                while (before < methods.size() && !replaces(method, methods.get(before), elements)) {
                    before++;
                }
                if (before < methods.size()) {
                    methods.set(before, method);
                } else {
                    methods.add(method);
                }
            }
        }
        return methods;
    }

    /** Whether the one overrides the other, or hides it when both are static. */
    public static boolean replaces(ExecutableElement one, ExecutableElement other, Elements elements) {
        return one.getSimpleName().equals(other.getSimpleName())
                && (one.getModifiers().contains(Modifier.STATIC)
                        ? elements.hides(one, other)
                        : elements.overrides(one, other, (TypeElement) one.getEnclosingElement()));
    }
}
