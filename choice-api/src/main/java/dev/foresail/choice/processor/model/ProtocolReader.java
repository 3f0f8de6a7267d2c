package dev.foresail.choice.processor.model;

import dev.foresail.choice.processor.encoding.Encodings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads a class marked {@link dev.foresail.choice.Protocol}; never complains, which is the checks' task. */
public final class ProtocolReader {
    private static final String NODE = "dev.foresail.choice.Node";
    private static final String NODE_ID = "dev.foresail.choice.NodeId";

    private final Elements elements;
    private final LayerReader layers;

    public ProtocolReader(Elements elements, Types types) {
        this.elements = elements;
        this.layers = new LayerReader(elements, types);
    }

    public ProtocolModel read(TypeElement type) {
        String name = Annotations.find(type, "Protocol")
                .map(each -> Annotations.text(each, "value", ""))
                .orElse("");
        List<ExecutableElement> constructors = ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
                .filter(each -> !each.getModifiers().contains(Modifier.PRIVATE))
                .toList();
        Lineage lineage = Lineage.of(type);
        List<VariableElement> fields = lineage.fields().stream()
                .filter(each -> !each.getModifiers().contains(Modifier.STATIC))
                .toList();
        List<Configuration> configuration = configuration(constructors, fields);
        List<ExecutableElement> methods = lineage.methods(elements);
        List<HandlerModel> handlers = handlers(methods, HandlerModel.Kind::isEvent);
        LayerModel layer = layers.read(type, fields, handlers(methods, HandlerModel.Kind::isLayerCall));
        return new ProtocolModel(
                type,
                lineage,
                name,
                elements.getPackageOf(type).getQualifiedName().toString(),
                constructors,
                configuration,
                state(fields, configuration, layer),
                methods,
                handlers,
                handlers(methods, HandlerModel.Kind::isOfStepEnd),
                messages(handlers, layer),
                annotated(methods, "Aggregate"),
                annotated(methods, "HandOver"),
                annotated(methods, "Metric"),
                methods.stream()
                        .filter(each -> Annotations.has(each, "Safety") || Annotations.has(each, "Liveness"))
                        .toList(),
                neighbours(lineage.fields(), methods),
                layer);
    }

    private static List<Configuration> configuration(
            List<ExecutableElement> constructors, List<VariableElement> fields) {
        List<Configuration> configuration = new ArrayList<>();
        if (constructors.size() == 1) {
            for (VariableElement parameter : constructors.get(0).getParameters()) {
                Optional<VariableElement> field = fields.stream()
                        .filter(each -> each.getSimpleName().contentEquals(parameter.getSimpleName()))
                        .filter(each -> each.getModifiers().contains(Modifier.FINAL))
                        .findFirst();
                configuration.add(new Configuration(parameter, field));
            }
        }
        return configuration;
    }

    private static List<VariableElement> state(
            List<VariableElement> fields, List<Configuration> configuration, LayerModel layer) {
        List<VariableElement> rest = new ArrayList<>(fields);
        configuration.forEach(each -> each.field().ifPresent(rest::remove));
        layer.fields().forEach(rest::remove);
        return rest;
    }

    private static List<ExecutableElement> annotated(List<ExecutableElement> methods, String annotation) {
        return methods.stream()
                .filter(each -> Annotations.has(each, annotation))
                .toList();
    }

    private static List<Element> neighbours(List<VariableElement> fields, List<ExecutableElement> methods) {
        return Stream.<Element>concat(fields.stream(), methods.stream())
                .filter(each -> Annotations.has(each, "Neighbours"))
                .toList();
    }

    private static List<HandlerModel> handlers(List<ExecutableElement> methods, Predicate<HandlerModel.Kind> isWanted) {
        List<HandlerModel> handlers = new ArrayList<>();
        for (ExecutableElement method : methods) {
            for (HandlerModel.Kind kind : HandlerModel.Kind.values()) {
                Optional<AnnotationMirror> annotation = Annotations.find(method, kind.annotation());
                if (annotation.isPresent() && isWanted.test(kind)) {
                    handlers.add(handler(handlers.size(), kind, method, annotation.get()));
                }
            }
        }
        return handlers;
    }

    private static HandlerModel handler(
            int index, HandlerModel.Kind kind, ExecutableElement method, AnnotationMirror annotation) {
        String key = switch (kind) {
            case TIMER -> Annotations.text(annotation, "value", "");
            case CALL -> method.getSimpleName().toString();
            case SILENCE -> method.getSimpleName() + "-probe";
            case PHASE -> method.getSimpleName() + "-deadline";
            case DOWNCALL, UPCALL -> {
                String named = Annotations.text(annotation, "value", "");
                yield named.isEmpty() ? method.getSimpleName().toString() : named;
            }
            default -> "";
        };
        List<TypeElement> messages = new ArrayList<>();
        if (kind == HandlerModel.Kind.MESSAGE && !method.getParameters().isEmpty()) {
            TypeMirror first = method.getParameters().get(0).asType();
            if (first.getKind() == TypeKind.DECLARED) {
                Encodings.expand((TypeElement) ((DeclaredType) first).asElement(), messages);
            }
        }
        return new HandlerModel(
                index,
                kind,
                method,
                annotation,
                key,
                Annotations.texts(annotation, "when"),
                Annotations.text(annotation, "otherwise", "ERROR"),
                Annotations.text(annotation, "choice", ""),
                parameters(kind, method),
                messages);
    }

    private static List<HandlerParameter> parameters(HandlerModel.Kind kind, ExecutableElement method) {
        List<HandlerParameter> parameters = new ArrayList<>();
        int arguments = 0;
        for (VariableElement parameter : method.getParameters()) {
            HandlerParameter.Role role = role(kind, parameter, parameters.isEmpty());
            boolean argument = role == HandlerParameter.Role.ARGUMENT || role == HandlerParameter.Role.BEFORE;
            parameters.add(new HandlerParameter(parameter, role, argument ? arguments++ : -1));
        }
        return parameters;
    }

    private static HandlerParameter.Role role(HandlerModel.Kind kind, VariableElement parameter, boolean first) {
        if (Annotations.has(parameter, "ChoicePoint")) {
            return kind.hasChoices() ? HandlerParameter.Role.CHOICE : HandlerParameter.Role.UNKNOWN;
        }
        if (isNode(parameter.asType())) {
            return HandlerParameter.Role.NODE;
        }
        if (kind.hasOwnRoles()) {
            return ownRole(kind, parameter);
        }
        boolean marked = Annotations.has(parameter, "From");
        if (marked || kind.isOfPeer()) {
            boolean peer = kind.hasPeer() && isNodeId(parameter.asType());
            return peer ? HandlerParameter.Role.FROM : HandlerParameter.Role.UNKNOWN;
        }
        if (kind == HandlerModel.Kind.MESSAGE && first) {
            return HandlerParameter.Role.MESSAGE;
        }
        return kind == HandlerModel.Kind.CALL ? HandlerParameter.Role.ARGUMENT : HandlerParameter.Role.UNKNOWN;
    }

    private static HandlerParameter.Role ownRole(HandlerModel.Kind kind, VariableElement parameter) {
        if (kind == HandlerModel.Kind.CHANGE) {
            return HandlerParameter.Role.BEFORE;
        }
        if (kind == HandlerModel.Kind.PHASE) {
            return isType(parameter.asType(), "java.util.SortedMap")
                    ? HandlerParameter.Role.ANSWERS
                    : HandlerParameter.Role.ASKED;
        }
        if (kind == HandlerModel.Kind.SILENCE) {
            return isNodeId(parameter.asType()) ? HandlerParameter.Role.FROM : HandlerParameter.Role.UNKNOWN;
        }
        if (kind == HandlerModel.Kind.UPCALL || !Annotations.has(parameter, "Caller")) {
            return HandlerParameter.Role.ARGUMENT;
        }
        boolean text = isType(parameter.asType(), "java.lang.String");
        return text ? HandlerParameter.Role.CALLER : HandlerParameter.Role.UNKNOWN;
    }

    /** Whether the type is the handle to the world. */
    public static boolean isNode(TypeMirror type) {
        return isType(type, NODE);
    }

    public static boolean isNodeId(TypeMirror type) {
        return isType(type, NODE_ID);
    }

    /** Whether the type's class, arguments aside, has that name. */
    public static boolean isType(TypeMirror type, String qualifiedName) {
        return type.getKind() == TypeKind.DECLARED
                && ((TypeElement) ((DeclaredType) type).asElement())
                        .getQualifiedName()
                        .contentEquals(qualifiedName);
    }

    private static List<TypeElement> messages(List<HandlerModel> handlers, LayerModel layer) {
        Set<TypeElement> messages = new LinkedHashSet<>();
        handlers.forEach(each -> messages.addAll(each.messages()));
        layer.answers().forEach(each -> messages.addAll(each.messages()));
        return List.copyOf(messages);
    }
}
