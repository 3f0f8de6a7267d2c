package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.Lineage;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** FS483 to FS487: superclasses, and what is inherited from them. */
final class InheritanceCheck extends Check {
    /** What makes a method more than a helper; the members tell which event or value it is for. */
    private static final List<Mark> MARKS = List.of(
            new Mark("OnStart", ""),
            new Mark("OnRestart", ""),
            new Mark("OnMessage", ""),
            new Mark("OnTimer", "value"),
            new Mark("OnCall", ""),
            new Mark("OnConnectionError", ""),
            new Mark("OnSuspicion", ""),
            new Mark("OnSilence", ""),
            new Mark("OnDowncall", "value"),
            new Mark("OnUpcall", "value"),
            new Mark("OnChange", ""),
            new Mark("OnPhase", ""),
            new Mark("Aggregate", ""),
            new Mark("HandOver", "value"),
            new Mark("Generic", ""),
            new Mark("Metric", ""),
            new Mark("Neighbours", ""),
            new Mark("Safety", ""),
            new Mark("Liveness", ""));

    private static final List<String> PARAMETER_MARKS = List.of("ChoicePoint", "From", "Caller");

    InheritanceCheck(Context context) {
        super(context);
    }

    private record Mark(String annotation, String member) {
        /** As one would write it; empty when the method does not bear it. */
        Optional<String> on(ExecutableElement method) {
            Optional<AnnotationMirror> found = Annotations.find(method, annotation);
            return member.isEmpty()
                    ? found.map(each -> "@" + annotation)
                    : found.map(each -> "@" + annotation + "(\"" + Annotations.text(each, member, "") + "\")");
        }
    }

    @Override
    void run() {
        checkSuperclasses();
        checkFields();
        protocol.lineage().classes().forEach(this::checkMethods);
        checkInterfaces(protocol.type().asType(), new HashSet<>());
        protocol.lineage().superclasses().forEach(this::checkNames);
    }

    private void checkSuperclasses() {
        TypeElement type = protocol.type();
        Optional<TypeElement> above = Lineage.superclass(type);
        while (above.isPresent() && checkSuperclass(type, above.get())) {
            type = above.get();
            above = Lineage.superclass(type);
        }
    }

    /** @return whether what is above it matters */
    private boolean checkSuperclass(TypeElement type, TypeElement superclass) {
        if (!Lineage.isReadable(superclass)) {
            refuse(
                    type,
                    superclass,
                    superclass.getTypeParameters().isEmpty()
                            ? "is a class of the platform, whose state no machine copies; use a field of that class"
                            : "has type parameters; a protocol's state has types of its own");
            return false;
        }
        if (Annotations.has(superclass, "Protocol")) {
            refuse(
                    type,
                    superclass,
                    "is a protocol itself; move what both share to an abstract class that both extend");
        } else if (!superclass.getModifiers().contains(Modifier.ABSTRACT)) {
            refuse(type, superclass, "is not abstract; make it so, as it is a part of protocols and none itself");
        }
        return true;
    }

    private void refuse(TypeElement type, TypeElement superclass, String why) {
        error("FS483", type, "the superclass " + superclass.getQualifiedName() + " of a protocol " + why);
    }

    private void checkFields() {
        List<VariableElement> fields = protocol.lineage().fields();
        for (VariableElement field : fields) {
            fields.subList(0, fields.indexOf(field)).stream()
                    .filter(above -> above.getSimpleName().equals(field.getSimpleName()))
                    .filter(above -> !above.getModifiers().contains(Modifier.STATIC))
                    .findFirst()
                    .ifPresent(above -> error(
                            "FS485",
                            field,
                            "the field '" + field.getSimpleName() + "' hides that of "
                                    + declarer(above).getSimpleName()
                                    + ", which would be state that nobody copies; rename one"));
        }
    }

    private void checkMethods(TypeElement type) {
        List<TypeElement> classes = protocol.lineage().classes();
        for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
            classes.subList(0, classes.indexOf(type)).stream()
                    .flatMap(above -> ElementFilter.methodsIn(above.getEnclosedElements()).stream())
                    .filter(above -> Lineage.replaces(method, above, elements))
                    .flatMap(above -> lost(method, above).stream())
                    .findFirst()
                    .ifPresent(text -> error("FS484", method, text));
        }
    }

    /** What an annotation said of {@code above} and says no more of {@code method}, which replaces it. */
    private static Optional<String> lost(ExecutableElement method, ExecutableElement above) {
        String replaces = "the method '" + method.getSimpleName() + "' replaces that of "
                + declarer(above).getSimpleName() + ", ";
        for (Mark mark : MARKS) {
            Optional<String> wanted = mark.on(above);
            if (wanted.isPresent() && !wanted.equals(mark.on(method))) {
                return Optional.of(
                        replaces + "which is marked " + wanted.get() + "; mark it likewise, or give it another name");
            }
        }
        for (int index = 0; index < above.getParameters().size(); index++) {
            for (String mark : PARAMETER_MARKS) {
                if (Annotations.has(above.getParameters().get(index), mark)
                        && !Annotations.has(method.getParameters().get(index), mark)) {
                    return Optional.of(replaces + "whose parameter '"
                            + above.getParameters().get(index).getSimpleName() + "' is marked @" + mark
                            + "; mark '" + method.getParameters().get(index).getSimpleName() + "' likewise");
                }
            }
        }
        return Optional.empty();
    }

    private void checkInterfaces(TypeMirror type, Set<String> seen) {
        for (TypeMirror above : types.directSupertypes(type)) {
            TypeElement element = (TypeElement) ((DeclaredType) above).asElement();
            if (!seen.add(element.getQualifiedName().toString())) {
                continue;
            }
            if (element.getKind().isInterface()) {
                checkInterface(element);
            }
            checkInterfaces(above, seen);
        }
    }

    private void checkInterface(TypeElement type) {
        for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
            MARKS.stream()
                    .flatMap(mark -> mark.on(method).stream())
                    .findFirst()
                    .ifPresent(mark -> error(
                            "FS486",
                            method,
                            "the method '" + method.getSimpleName() + "' of the interface " + type.getSimpleName()
                                    + " is marked " + mark
                                    + ", which is read of classes only; move it to an abstract superclass"));
        }
    }

    /** Class files need not say how parameters are named, on which calls, choices and aggregates depend. */
    private void checkNames(TypeElement superclass) {
        if (!inSource(superclass, protocol.type()).equals(superclass)) {
            ElementFilter.methodsIn(superclass.getEnclosedElements()).stream()
                    .filter(method -> !method.getParameters().isEmpty())
                    .filter(method ->
                            method.getParameters().get(0).getSimpleName().contentEquals("arg0"))
                    .filter(method ->
                            MARKS.stream().anyMatch(mark -> mark.on(method).isPresent()))
                    .findFirst()
                    .ifPresent(method -> error(
                            "FS487",
                            method,
                            "the parameters of '" + method.getSimpleName()
                                    + "' have no names in the class file; compile it with -parameters"));
        }
    }
}
