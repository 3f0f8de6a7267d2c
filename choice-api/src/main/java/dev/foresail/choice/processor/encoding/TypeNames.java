package dev.foresail.choice.processor.encoding;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Names types as one generated file does, and collects the imports it needs. */
public final class TypeNames {
    private final Elements elements;
    private final Types types;
    private final String ownPackage;
    private final SortedMap<String, String> importsBySimpleName = new TreeMap<>();
    private final Set<String> nested = new HashSet<>();

    public TypeNames(Elements elements, Types types, String ownPackage) {
        this.elements = elements;
        this.types = types;
        this.ownPackage = ownPackage;
    }

    /** Keeps {@code simpleName} for a class of the own package. */
    public void reserve(String simpleName) {
        importsBySimpleName.put(simpleName, ownPackage + "." + simpleName);
    }

    /** Keeps {@code simpleName} for a class within the class {@code holder} of the own package: everywhere else in the package it is another one. */
    public void reserve(String simpleName, String holder) {
        nested.add(simpleName);
        importsBySimpleName.put(simpleName, ownPackage + "." + holder + "." + simpleName);
    }

    /** The name of a class by its canonical name, imported where that is possible. */
    public String of(Class<?> type) {
        return imported(type.getPackageName(), type.getCanonicalName());
    }

    public String of(TypeElement type) {
        PackageElement owner = elements.getPackageOf(type);
        return imported(
                owner.getQualifiedName().toString(), type.getQualifiedName().toString());
    }

    /** The type with its arguments, without annotations. */
    public String of(TypeMirror type) {
        switch (type.getKind()) {
            case DECLARED -> {
                return declared((DeclaredType) type);
            }
            case ARRAY -> {
                return of(((ArrayType) type).getComponentType()) + "[]";
            }
            case WILDCARD -> {
                return wildcard((WildcardType) type);
            }
            default -> {
                return type.getKind().isPrimitive()
                        ? types.getPrimitiveType(type.getKind()).toString()
                        : type.toString();
            }
        }
    }

    /** The type, boxed when it is primitive. */
    public String boxed(TypeMirror type) {
        return of(boxedType(type));
    }

    /** The type, boxed when it is primitive. */
    public TypeMirror boxedType(TypeMirror type) {
        return type.getKind().isPrimitive()
                ? types.boxedClass(types.getPrimitiveType(type.getKind())).asType()
                : type;
    }

    /** The type without its arguments. */
    public String raw(TypeMirror type) {
        return of(types.erasure(boxedType(type)));
    }

    private String declared(DeclaredType type) {
        String name = of((TypeElement) type.asElement());
        if (type.getTypeArguments().isEmpty()) {
            return name;
        }
        List<String> arguments = new ArrayList<>();
        for (TypeMirror argument : type.getTypeArguments()) {
            arguments.add(of(argument));
        }
        return name + "<" + String.join(", ", arguments) + ">";
    }

    private String wildcard(WildcardType type) {
        if (type.getExtendsBound() != null) {
            return "? extends " + of(type.getExtendsBound());
        }
        return type.getSuperBound() != null ? "? super " + of(type.getSuperBound()) : "?";
    }

    private String imported(String owner, String qualified) {
        String local = owner.isEmpty() ? qualified : qualified.substring(owner.length() + 1);
        int dot = local.indexOf('.');
        String outermost = dot < 0 ? local : local.substring(0, dot);
        String outermostQualified = owner.isEmpty() ? outermost : owner + "." + outermost;
        String holder = importsBySimpleName.putIfAbsent(outermost, outermostQualified);
        return holder == null || holder.equals(outermostQualified) ? local : qualified;
    }

    /** The import lines, sorted. */
    public String imports() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, String> entry : importsBySimpleName.entrySet()) {
            if (nested.contains(entry.getKey())) {
                continue;
            }
            String qualified = entry.getValue();
            int end = qualified.lastIndexOf('.');
            String owner = end < 0 ? "" : qualified.substring(0, end);
            if (!owner.equals(ownPackage) && !owner.equals("java.lang") && !owner.isEmpty()) {
                lines.add("import " + qualified + ";");
            }
        }
        lines.sort(null);
        return String.join("\n", lines);
    }
}
