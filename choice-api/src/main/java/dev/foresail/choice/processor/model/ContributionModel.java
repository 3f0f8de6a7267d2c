package dev.foresail.choice.processor.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/**
 * A parameter marked {@link dev.foresail.choice.Each}, and what it names.
 *
 * @param name of the field or method
 * @param field of the state or the configuration that has the name
 * @param methods static ones of that name that take a state, or a state and a node
 */
public record ContributionModel(
        VariableElement parameter,
        AnnotationMirror annotation,
        String name,
        Optional<VariableElement> field,
        List<ExecutableElement> methods) {
    private static final String MULTISET = "dev.foresail.choice.Multiset";

    /** How a type contributes. */
    public enum Shape {
        ONE,
        OPTIONAL,
        COLLECTION
    }

    /** Whether a property is of what nodes contribute, or means to be. */
    public static boolean isOfMultisets(ExecutableElement property) {
        return property.getParameters().stream().anyMatch(each -> isMultiset(each) || Annotations.has(each, "Each"));
    }

    public static boolean isMultiset(VariableElement parameter) {
        return ProtocolReader.isType(parameter.asType(), MULTISET);
    }

    /** Empty when the parameter is not marked. */
    public static Optional<ContributionModel> of(VariableElement parameter, ProtocolModel model, Types types) {
        return Annotations.find(parameter, "Each").map(annotation -> {
            String name = Annotations.text(annotation, "value", "");
            return new ContributionModel(
                    parameter,
                    annotation,
                    name,
                    model.fieldNamed(name),
                    model.methodsNamed(name).stream()
                            .filter(each -> canContribute(each, model, types))
                            .toList());
        });
    }

    /** The names of everything that may be contributed. */
    public static List<String> names(ProtocolModel model, Types types) {
        Stream<String> fields =
                model.fields().stream().map(each -> each.getSimpleName().toString());
        Stream<String> methods = model.methods().stream()
                .filter(each -> canContribute(each, model, types))
                .filter(each -> !model.properties().contains(each))
                .map(each -> each.getSimpleName().toString());
        return Stream.concat(fields, methods).distinct().toList();
    }

    private static boolean canContribute(ExecutableElement method, ProtocolModel model, Types types) {
        List<? extends VariableElement> parameters = method.getParameters();
        return method.getModifiers().contains(Modifier.STATIC)
                && !parameters.isEmpty()
                && parameters.size() <= 2
                && types.isAssignable(
                        model.type().asType(), types.erasure(parameters.get(0).asType()))
                && !ProtocolReader.isType(parameters.get(0).asType(), "java.lang.Object")
                && (parameters.size() == 1
                        || ProtocolReader.isNodeId(parameters.get(1).asType()));
    }

    /** The type of the field or of what the method returns; to be asked when one of both is there. */
    public TypeMirror type() {
        return field.map(VariableElement::asType).orElseGet(() -> methods.get(0).getReturnType());
    }

    public Shape shape(Types types) {
        if (ProtocolReader.isType(type(), "java.util.Optional")) {
            return Shape.OPTIONAL;
        }
        return Sources.isMap(type(), types) || Sources.element(type(), types).isEmpty() ? Shape.ONE : Shape.COLLECTION;
    }

    /** The type of the values that are contributed; a raw type's is itself. */
    public TypeMirror value(Types types) {
        return switch (shape(types)) {
            case ONE -> type();
            case OPTIONAL ->
                ((DeclaredType) type())
                        .getTypeArguments().stream()
                                .<TypeMirror>map(each -> each)
                                .findFirst()
                                .orElse(type());
            case COLLECTION -> Sources.element(type(), types).orElseThrow();
        };
    }
}
