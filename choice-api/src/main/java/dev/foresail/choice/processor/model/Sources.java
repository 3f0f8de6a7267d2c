package dev.foresail.choice.processor.model;

import dev.foresail.choice.processor.encoding.Encodings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** What the types of fields and methods say of the candidates or nodes that are taken from them. */
public final class Sources {
    /** Where nodes come from. */
    public enum NodeSource {
        /** A field that is a node or null. */
        ONE,
        OPTIONAL,
        COLLECTION,
        NONE
    }

    private Sources() {}

    /** Whether the type is a map, whose keys are meant. */
    public static boolean isMap(TypeMirror type, Types types) {
        return as(type, "java.util.Map", types).isPresent();
    }

    /** The type of the elements of a collection or of the keys of a map. */
    public static Optional<TypeMirror> element(TypeMirror type, Types types) {
        Optional<DeclaredType> found =
                as(type, "java.util.Collection", types).or(() -> as(type, "java.util.Map", types));
        return found.filter(each -> !each.getTypeArguments().isEmpty())
                .map(each -> each.getTypeArguments().get(0));
    }

    /** Whether the type iterates in hash order, or may. */
    public static boolean isHashOrdered(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED
                && Encodings.isHashOrdered((TypeElement) ((DeclaredType) type).asElement());
    }

    public static NodeSource nodeSource(TypeMirror type, Types types) {
        if (ProtocolReader.isNodeId(type)) {
            return NodeSource.ONE;
        }
        if (ProtocolReader.isType(type, "java.util.Optional")) {
            boolean ofNodes = ((DeclaredType) type).getTypeArguments().stream().allMatch(ProtocolReader::isNodeId);
            return ofNodes ? NodeSource.OPTIONAL : NodeSource.NONE;
        }
        return element(type, types).filter(ProtocolReader::isNodeId).isPresent()
                ? NodeSource.COLLECTION
                : NodeSource.NONE;
    }

    /** The type seen as its supertype {@code qualifiedName}. */
    private static Optional<DeclaredType> as(TypeMirror type, String qualifiedName, Types types) {
        Deque<TypeMirror> open = new ArrayDeque<>();
        open.add(type);
        while (!open.isEmpty()) {
            TypeMirror next = open.remove();
            if (ProtocolReader.isType(next, qualifiedName)) {
                return Optional.of((DeclaredType) next);
            }
            if (next.getKind() == TypeKind.DECLARED) {
                open.addAll(types.directSupertypes(next));
            }
        }
        return Optional.empty();
    }
}
