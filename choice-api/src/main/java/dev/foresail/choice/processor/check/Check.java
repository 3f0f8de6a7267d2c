package dev.foresail.choice.processor.check;

import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.choice.processor.encoding.Encodings;
import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.Configuration;
import dev.foresail.choice.processor.model.Detector;
import dev.foresail.choice.processor.model.ProtocolModel;
import dev.foresail.choice.processor.model.ProtocolReader;
import dev.foresail.choice.processor.model.Sources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** A family of rules. */
abstract class Check {
    static final String KNOWN = "dev.foresail.choice.Known";

    final ProtocolModel protocol;
    final Diagnostics diagnostics;
    final Types types;
    final Elements elements;
    final Encodings encodings;
    private final Set<? extends Element> roots;

    Check(Context context) {
        this.protocol = context.protocol();
        this.diagnostics = context.diagnostics();
        this.types = context.types();
        this.elements = context.elements();
        this.encodings = context.encodings();
        this.roots = context.roots();
    }

    /** What every check needs. */
    record Context(
            ProtocolModel protocol,
            Diagnostics diagnostics,
            Types types,
            Elements elements,
            Encodings encodings,
            Set<? extends Element> roots) {}

    abstract void run();

    /** Reports at the element, or at the protocol when the element comes from elsewhere. */
    final void error(String code, Element element, String text) {
        Element at = inSource(element, protocol.type());
        diagnostics.error(code, at, at.equals(element) ? text : text + from(element));
    }

    /** Reports at the annotation's member where it is given, else at the annotation. */
    final void error(String code, Element element, AnnotationMirror annotation, String member, String text) {
        if (inSource(element, protocol.type()).equals(element)) {
            diagnostics.error(code, element, annotation, member, text);
        } else {
            error(code, element, text);
        }
    }

    private static String from(Element element) {
        return " (in " + declarer(element) + ", which is compiled already)";
    }

    /** The class or interface that a member or a parameter is of. */
    static TypeElement declarer(Element element) {
        return element instanceof TypeElement type
                ? type
                : declarer(Objects.requireNonNull(element.getEnclosingElement()));
    }

    /** What a member has to be so that the machine can use it; empty when it is. */
    final Optional<String> unreachable(Element member) {
        if (member.getModifiers().contains(Modifier.PRIVATE)) {
            return Optional.of("must not be private");
        }
        return member.getModifiers().contains(Modifier.PUBLIC) || isOfPackage(declarer(member))
                ? Optional.empty()
                : Optional.of("must be public in a superclass of another package");
    }

    /** Whether the class and those between it and the protocol are of the protocol's package, so that its members are inherited within it. */
    private boolean isOfPackage(TypeElement type) {
        List<TypeElement> classes = protocol.lineage().classes();
        return classes.subList(Math.max(0, classes.indexOf(type)), classes.size()).stream()
                .allMatch(each -> elements.getPackageOf(each).getQualifiedName().contentEquals(protocol.packageName()));
    }

    /** FS035 when the annotation's member is given and no duration. */
    final void checkDuration(Element element, AnnotationMirror annotation, String member) {
        String text = Annotations.text(annotation, member, "");
        if (text.isEmpty()) {
            return;
        }
        try {
            ParameterValues.duration(text);
        } catch (IllegalArgumentException wrong) {
            error(
                    "FS035",
                    element,
                    annotation,
                    member,
                    "'" + text + "' is no duration; write a number and ns, us, ms, s, m or h, such as 5ms");
        }
    }

    /** Why {@code text} is neither a duration nor the name of one of the configuration. */
    final Optional<String> durationProblem(String text) {
        if (Detector.configured(text, protocol).isPresent() || written(text).isPresent()) {
            return Optional.empty();
        }
        List<String> known = protocol.configuration().stream()
                .filter(each -> ProtocolReader.isType(each.parameter().asType(), "java.time.Duration"))
                .map(Configuration::name)
                .toList();
        return Optional.of("'" + text + "' is neither a duration, such as 5ms, nor a Duration of the configuration"
                + Nearest.hint(text, known));
    }

    /** The duration that is written; empty when none is. */
    static Optional<Duration> written(String text) {
        try {
            return Optional.of(ParameterValues.duration(text));
        } catch (IllegalArgumentException noDuration) {
            return Optional.empty();
        }
    }

    /** The element itself when it is compiled from source now, else {@code otherwise}, which is. */
    final Element inSource(Element element, Element otherwise) {
        for (Element at = element; at != null; at = at.getEnclosingElement()) {
            if (roots.contains(at)) {
                return element;
            }
        }
        return otherwise;
    }

    /** Whether the compiler knows a part of the type not at all, which it reports itself. */
    final boolean isBroken(TypeMirror type) {
        boolean broken = hasError(type);
        if (broken) {
            diagnostics.leaveToCompiler();
        }
        return broken;
    }

    private static boolean hasError(TypeMirror type) {
        if (type.getKind() == TypeKind.ERROR) {
            return true;
        }
        if (type.getKind() == TypeKind.ARRAY) {
            return hasError(((ArrayType) type).getComponentType());
        }
        return type.getKind() == TypeKind.DECLARED
                && ((DeclaredType) type).getTypeArguments().stream().anyMatch(Check::hasError);
    }

    final TypeMirror boxed(TypeMirror type) {
        return type.getKind().isPrimitive()
                ? types.boxedClass(types.getPrimitiveType(type.getKind())).asType()
                : type;
    }

    /** Whether the type is that of the class in which {@code method} stands, of a superclass of it or of an interface that it implements. */
    final boolean isState(TypeMirror type, ExecutableElement method) {
        return type.getKind() == TypeKind.DECLARED
                && !ProtocolReader.isType(type, "java.lang.Object")
                && types.isAssignable(declarer(method).asType(), type);
    }

    /** Whether the type is a {@code SystemView} of what {@link #isState}. */
    final boolean isView(TypeMirror type, ExecutableElement method) {
        return ProtocolReader.isType(type, "dev.foresail.choice.SystemView")
                && ((DeclaredType) type).getTypeArguments().stream().anyMatch(argument -> isState(argument, method));
    }

    /** Whether the machine can call the method without a state. */
    final boolean isStatic(ExecutableElement method) {
        return method.getModifiers().contains(Modifier.STATIC)
                && unreachable(method).isEmpty()
                && method.getThrownTypes().isEmpty();
    }

    /** Whether the type is {@code qualifiedName} with the one argument {@code argument}. */
    final boolean isOf(TypeMirror type, String qualifiedName, TypeMirror argument) {
        return type.getKind() == TypeKind.DECLARED
                && ((TypeElement) ((DeclaredType) type).asElement())
                        .getQualifiedName()
                        .contentEquals(qualifiedName)
                && ((DeclaredType) type).getTypeArguments().size() == 1
                && types.isSameType(((DeclaredType) type).getTypeArguments().get(0), boxed(argument));
    }

    /** Why {@code parameter} does not get the values of the aggregate that it is named like. */
    final Optional<String> knownProblem(VariableElement parameter) {
        String wanted = parameter.getSimpleName().toString();
        Optional<ExecutableElement> aggregate = protocol.aggregateNamed(wanted);
        if (aggregate.isEmpty()) {
            List<String> known = protocol.aggregates().stream()
                    .map(each -> each.getSimpleName().toString())
                    .toList();
            return Optional.of(
                    "asks for the aggregate '" + wanted + "', which there is not" + Nearest.hint(wanted, known));
        }
        TypeMirror value = aggregate.get().getReturnType();
        return isOf(parameter.asType(), KNOWN, value)
                ? Optional.empty()
                : Optional.of("takes '" + wanted + "' as Known<" + boxed(value) + ">");
    }

    /** Why {@code name} does not name nodes. */
    final Optional<String> nodesProblem(String name) {
        Optional<VariableElement> field = protocol.fieldNamed(name);
        if (field.isPresent()) {
            return typeProblem(field.get().asType());
        }
        List<ExecutableElement> methods = protocol.methodsNamed(name).stream()
                .filter(each ->
                        each.getParameters().isEmpty() && unreachable(each).isEmpty())
                .toList();
        if (methods.isEmpty()) {
            return Optional.of("no field or method without parameters has this name" + Nearest.hint(name, nodeNames()));
        }
        return methods.get(0).getThrownTypes().isEmpty()
                ? typeProblem(methods.get(0).getReturnType())
                : Optional.of("it must not declare exceptions");
    }

    private Optional<String> typeProblem(TypeMirror type) {
        if (Sources.isHashOrdered(type)) {
            return Optional.of("it is in hash order, or may be; use SortedSet, SortedMap or List");
        }
        return Sources.nodeSource(type, types) == Sources.NodeSource.NONE
                ? Optional.of("it is neither a NodeId, an Optional or collection of them, nor a map with such keys")
                : Optional.empty();
    }

    private List<String> nodeNames() {
        List<String> names = new ArrayList<>();
        protocol.fields().stream()
                .filter(each -> typeProblem(each.asType()).isEmpty())
                .forEach(each -> names.add(each.getSimpleName().toString()));
        return names;
    }
}
