package dev.foresail.choice.processor.encoding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Finds the encodings of the types of one protocol, or says why a type has none. */
public final class Encodings {
    private static final Set<String> HASH_ORDERED = Set.of(
            "java.util.Set",
            "java.util.HashSet",
            "java.util.Map",
            "java.util.HashMap",
            "java.util.IdentityHashMap",
            "java.util.WeakHashMap",
            "java.util.Hashtable",
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.concurrent.ConcurrentMap");

    private static final Map<String, String> CALLS = Map.of(
            "java.lang.String", "String",
            "java.time.Duration", "Duration",
            "java.util.UUID", "Uuid",
            "dev.foresail.choice.NodeId", "NodeId",
            "java.lang.Boolean", "Boolean",
            "java.lang.Integer", "Int",
            "java.lang.Long", "Long",
            "java.lang.Double", "Double");

    private final Elements elements;
    private final Types types;
    private final TypeNames names;
    private final Map<String, Encoding> byType = new LinkedHashMap<>();
    /** Names of helper methods; machines have methods for messages and calls of their own. */
    private final Set<String> labels = new LinkedHashSet<>(List.of("Call", "Message"));

    public Encodings(Elements elements, Types types, TypeNames names) {
        this.elements = elements;
        this.types = types;
        this.names = names;
    }

    /** The encoding of a state field's type: collections in it may change. */
    public Encoding ofState(TypeMirror type) throws NotEncodableException {
        return of(type, false);
    }

    /** The encoding of an immutable value: a message's component, an aggregate, an argument of a call. */
    public Encoding ofValue(TypeMirror type) throws NotEncodableException {
        return of(type, true);
    }

    /** The encoding of a generated record without components. */
    public static Encoding empty(String javaType) {
        return new SimpleEncoding(javaType, javaType + "()", "{}", "new " + javaType + "()");
    }

    /** Every encoding found so far. */
    public Collection<Encoding> all() {
        return byType.values();
    }

    /** Whether the collection type iterates in the order of hash codes. */
    public static boolean isHashOrdered(TypeElement type) {
        return HASH_ORDERED.contains(type.getQualifiedName().toString());
    }

    private Encoding of(TypeMirror type, boolean value) throws NotEncodableException {
        String key = (value ? "value " : "state ") + names.of(type);
        Encoding known = byType.get(key);
        if (known != null) {
            return known;
        }
        if (type.getKind().isPrimitive()) {
            return keep(key, primitive(names.of(type), type.getKind()));
        }
        if (type.getKind() == TypeKind.ARRAY) {
            return keep(key, array((ArrayType) type, value));
        }
        if (type.getKind() != TypeKind.DECLARED) {
            throw refused(type);
        }
        return declared(key, (DeclaredType) type, value);
    }

    private Encoding declared(String key, DeclaredType type, boolean value) throws NotEncodableException {
        TypeElement element = (TypeElement) type.asElement();
        String name = element.getQualifiedName().toString();
        if (CALLS.containsKey(name)) {
            return keep(key, SimpleEncoding.called(names.of(type), CALLS.get(name)));
        }
        if (name.equals("java.lang.Record")) {
            return keep(key, new PayloadEncoding(names.of(type)));
        }
        if (isBoxed(type)) {
            return keep(key, primitive(names.of(type), types.unboxedType(type).getKind()));
        }
        if (name.equals("java.util.Optional")) {
            Encoding inner = of(argument(type, 0), true);
            return keep(key, new OptionalEncoding(names.of(type), label("Optional" + plain(argument(type, 0))), inner));
        }
        if (name.equals("dev.foresail.choice.Phase") && !value) {
            return keep(key, phase(type));
        }
        if (HASH_ORDERED.contains(name)) {
            throw new NotEncodableException(
                    "'" + names.of(type) + "' iterates in hash order, or may; use SortedSet, SortedMap,"
                            + " LinkedHashSet, LinkedHashMap or List",
                    true);
        }
        if (CollectionShape.of(name).isPresent()) {
            return collection(key, type, CollectionShape.of(name).get(), value);
        }
        checkAccess(element);
        return switch (element.getKind()) {
            case ENUM -> keep(key, enumeration(type, element));
            case RECORD -> record(key, type, element);
            case INTERFACE -> sealed(key, type, element);
            default -> throw refused(type);
        };
    }

    private Encoding phase(DeclaredType type) throws NotEncodableException {
        TypeElement state = elements.getTypeElement("dev.foresail.choice.machine.PhaseState");
        DeclaredType kept = types.getDeclaredType(state, argument(type, 0), argument(type, 1));
        return new PhaseEncoding(names.of(type), of(kept, true));
    }

    /**
     * The encoding of a generated record of a number and a value.
     *
     * @param component the value's name
     */
    public Encoding numbered(String javaType, String component, TypeMirror type) throws NotEncodableException {
        return keep("numbered " + javaType, new NumberedEncoding(javaType, component, ofValue(type)));
    }

    private Encoding keep(String key, Encoding encoding) {
        byType.put(key, encoding);
        return encoding;
    }

    private boolean isBoxed(TypeMirror type) {
        try {
            return types.unboxedType(type).getKind().isPrimitive();
        } catch (IllegalArgumentException notBoxed) {
            return false;
        }
    }

    private static Encoding primitive(String javaType, TypeKind kind) {
        return switch (kind) {
            case BOOLEAN -> SimpleEncoding.called(javaType, "Boolean");
            case BYTE -> new SimpleEncoding(javaType, javaType, "out.writeByte(%s);", "(byte) in.readByte()");
            case SHORT -> SimpleEncoding.called(javaType, "Short");
            case CHAR -> SimpleEncoding.called(javaType, "Char");
            case INT -> SimpleEncoding.called(javaType, "Int");
            case LONG -> SimpleEncoding.called(javaType, "Long");
            case FLOAT -> SimpleEncoding.called(javaType, "Float");
            default -> SimpleEncoding.called(javaType, "Double");
        };
    }

    private Encoding array(ArrayType type, boolean value) throws NotEncodableException {
        if (value || !type.getComponentType().getKind().isPrimitive()) {
            throw new NotEncodableException("'" + names.of(type) + "' is an array; use List");
        }
        Encoding element = of(type.getComponentType(), false);
        return new ArrayEncoding(names.of(type), label(plain(type)), element);
    }

    private Encoding enumeration(DeclaredType type, TypeElement element) {
        List<String> constants = new ArrayList<>();
        for (Element member : element.getEnclosedElements()) {
            if (member.getKind() == ElementKind.ENUM_CONSTANT) {
                constants.add(member.getSimpleName().toString());
            }
        }
        return new EnumEncoding(names.of(type), label(plain(type)), constants);
    }

    private Encoding record(String key, DeclaredType type, TypeElement element) throws NotEncodableException {
        boolean generic = !type.getTypeArguments().isEmpty();
        RecordEncoding encoding = new RecordEncoding(names.of(type), label(plain(type)), generic);
        byType.put(key, encoding);
        try {
            for (RecordComponentElement component : element.getRecordComponents()) {
                encoding.addComponent(
                        component.getSimpleName().toString(), componentOf(component, typeOf(component, type, element)));
            }
        } catch (NotEncodableException refused) {
            byType.remove(key);
            throw refused;
        }
        return encoding;
    }

    /** The component's type with the record's type arguments put in. */
    private TypeMirror typeOf(RecordComponentElement component, DeclaredType type, TypeElement element) {
        // Looked up by name: javac 17 knows no accessors of the components of records read from class files.
        for (ExecutableElement method : ElementFilter.methodsIn(element.getEnclosedElements())) {
            if (method.getSimpleName().equals(component.getSimpleName())
                    && method.getParameters().isEmpty()) {
                return ((ExecutableType) types.asMemberOf(type, method)).getReturnType();
            }
        }
        return component.asType();
    }

    private Encoding componentOf(RecordComponentElement component, TypeMirror type) throws NotEncodableException {
        try {
            return of(type, true);
        } catch (NotEncodableException refused) {
            throw new NotEncodableException(
                    "its component '" + component.getSimpleName() + "': " + refused.reason(), refused.isHashOrdered());
        }
    }

    private Encoding sealed(String key, DeclaredType type, TypeElement element) throws NotEncodableException {
        List<TypeElement> records = new ArrayList<>();
        if (!type.getTypeArguments().isEmpty() || !expand(element, records)) {
            throw refused(type);
        }
        SealedEncoding encoding = new SealedEncoding(names.of(type), label(plain(type)));
        byType.put(key, encoding);
        try {
            for (TypeElement each : records) {
                encoding.addRecord(of(each.asType(), true));
            }
        } catch (NotEncodableException refused) {
            byType.remove(key);
            throw refused;
        }
        return encoding;
    }

    /**
     * Adds the records of {@code type}, a record or a sealed interface of records, in the order of declaration.
     *
     * @return false when it is neither
     */
    public static boolean expand(TypeElement type, List<TypeElement> records) {
        if (type.getKind() == ElementKind.RECORD) {
            if (!records.contains(type)) {
                records.add(type);
            }
            return true;
        }
        if (type.getKind() != ElementKind.INTERFACE || !type.getModifiers().contains(Modifier.SEALED)) {
            return false;
        }
        boolean all = true;
        for (TypeMirror permitted : type.getPermittedSubclasses()) {
            all &= permitted.getKind() == TypeKind.DECLARED
                    && expand((TypeElement) ((DeclaredType) permitted).asElement(), records);
        }
        return all;
    }

    private Encoding collection(String key, DeclaredType type, CollectionShape shape, boolean value)
            throws NotEncodableException {
        String name = ((TypeElement) type.asElement()).getQualifiedName().toString();
        if (value && !CollectionShape.isValueInterface(name)) {
            throw new NotEncodableException(
                    "'" + names.of(type) + "' can change; a value uses List, SortedSet or SortedMap");
        }
        if (type.getTypeArguments().isEmpty()) {
            throw new NotEncodableException("'" + names.of(type) + "' does not say of what; give its type arguments");
        }
        Encoding first = of(argument(type, 0), value || shape.isMap());
        checkComparable(shape, argument(type, 0));
        String label = label(plain(type));
        String firstType = names.of(argument(type, 0));
        if (!shape.isMap()) {
            return keep(key, new CollectionEncoding(names.of(type), shape, label, first, firstType, value));
        }
        Encoding second = of(argument(type, 1), value);
        MapEncoding.Entry entry = new MapEncoding.Entry(first, firstType, second, names.of(argument(type, 1)));
        return keep(key, new MapEncoding(names.of(type), shape, label, entry, value));
    }

    private void checkComparable(CollectionShape shape, TypeMirror element) throws NotEncodableException {
        TypeMirror comparable =
                types.erasure(elements.getTypeElement("java.lang.Comparable").asType());
        if (shape.isSorted() && !types.isAssignable(types.erasure(element), comparable)) {
            throw new NotEncodableException(
                    "'" + names.of(element) + "' has no order of its own; let it implement Comparable");
        }
    }

    private void checkAccess(TypeElement element) throws NotEncodableException {
        for (Element at = element; at != null && at.getKind() != ElementKind.PACKAGE; at = at.getEnclosingElement()) {
            if (at.getModifiers().contains(Modifier.PRIVATE)) {
                throw new NotEncodableException("'" + at.getSimpleName()
                        + "' is private; the machine, a class beside the protocol," + " must reach it");
            }
        }
    }

    private NotEncodableException refused(TypeMirror type) {
        return new NotEncodableException("'" + names.of(type)
                + "' is not a type with an encoding; use primitives, String, enums, NodeId, Duration, UUID, Optional,"
                + " records of these, sealed interfaces of such records, and ordered collections");
    }

    private static TypeMirror argument(DeclaredType type, int index) throws NotEncodableException {
        if (index >= type.getTypeArguments().size()) {
            throw new NotEncodableException("'" + type + "' does not say of what; give its type arguments");
        }
        return type.getTypeArguments().get(index);
    }

    /** The type's name without punctuation, for names of methods. */
    private String plain(TypeMirror type) {
        StringBuilder plain = new StringBuilder();
        String simple = names.of(type).replace("[]", "Array");
        for (String part : simple.split("[^A-Za-z0-9_$.]+", -1)) {
            String last = part.substring(part.lastIndexOf('.') + 1);
            if (!last.isEmpty()) {
                plain.append(plain.length() == 0 ? "" : "Of")
                        .append(Character.toUpperCase(last.charAt(0)))
                        .append(last.substring(1));
            }
        }
        return plain.toString();
    }

    /** {@code wanted}, with a number behind it when it is taken. */
    private String label(String wanted) {
        String label = wanted;
        for (int number = 2; !labels.add(label); number++) {
            label = wanted + number;
        }
        return label;
    }
}
