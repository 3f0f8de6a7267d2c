package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.encoding.Encodings;
import dev.foresail.choice.processor.model.ProtocolModel;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** A family of rules. */
abstract class Check {
    final ProtocolModel protocol;
    final Diagnostics diagnostics;
    final Types types;
    final Encodings encodings;
    private final Set<? extends Element> roots;

    Check(Context context) {
        this.protocol = context.protocol();
        this.diagnostics = context.diagnostics();
        this.types = context.types();
        this.encodings = context.encodings();
        this.roots = context.roots();
    }

    /** What every check needs. */
    record Context(
            ProtocolModel protocol,
            Diagnostics diagnostics,
            Types types,
            Encodings encodings,
            Set<? extends Element> roots) {}

    abstract void run();

    final void error(String code, Element element, String text) {
        diagnostics.error(code, element, text);
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

    /** Whether the type is the protocol's class. */
    final boolean isState(TypeMirror type) {
        return types.isSameType(type, protocol.type().asType());
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
}
