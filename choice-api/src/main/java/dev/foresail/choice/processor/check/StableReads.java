package dev.foresail.choice.processor.check;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.ContributionModel;
import dev.foresail.choice.processor.model.ProtocolModel;
import dev.foresail.choice.processor.model.ProtocolReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * Finds the safety properties of several nodes that read nothing of states but stable fields and configuration. From the
 * text alone, as the compiler has not found out yet what names mean: a name counts as everything that it may mean, so the
 * answer errs on the side of no. Other compilers than javac have no text, and the answer is no.
 *
 * <p>A state is read by its fields, by its methods, and by whatever it is handed to. So there must be no field of a
 * changing one's name, no method that the protocol has with that name and number of arguments, and arguments only for the
 * JDK's collections, streams and values, and for static methods of the protocol that are looked at likewise.
 */
@SuppressWarnings("VoidUsed")
final class StableReads extends TreeScanner<Void, Void> {
    /** Methods of the JDK and of SystemView that read no state that they are handed. */
    private static final Set<String> HARMLESS = Set.of(
            ("state isKnown all get getOrDefault contains containsKey containsValue containsAll equals add addAll remove"
                            + " removeAll removeIf retainAll put putAll putIfAbsent merge compute computeIfAbsent"
                            + " computeIfPresent forEach filter map mapToInt mapToLong mapToObj flatMap anyMatch allMatch"
                            + " noneMatch collect limit skip sorted reduce max min orElse orElseGet ifPresent or headSet"
                            + " tailSet subSet headMap tailMap subMap floor ceiling higher lower floorKey ceilingKey"
                            + " higherKey lowerKey of copyOf ofNullable range rangeClosed toCollection toMap groupingBy"
                            + " mapping comparing compare compareTo disjoint concat entry test apply indexOf subList"
                            + " nonNull isNull requireNonNull addFirst addLast toSet counting")
                    .split(" "));

    /** Classes of the JDK, and NodeId, whose static methods and constructors read no state that they are handed. */
    private static final Set<String> KNOWN_TYPES = Set.of(
            ("Set List Map Optional OptionalInt OptionalLong NodeId Math Objects Collections Collectors Comparator Stream"
                            + " IntStream LongStream Entry Integer Long Boolean Duration ArrayList ArrayDeque TreeSet"
                            + " TreeMap HashSet HashMap LinkedHashSet LinkedHashMap SortedSet SortedMap")
                    .split(" "));

    /** What of an object is not told by fields and methods that one can see. */
    private static final Set<String> TELLING = Set.of("toString", "hashCode", "getClass");

    private final ProtocolModel protocol;
    private final Trees trees;
    private final Set<String> changing = new HashSet<>();
    private final List<ExecutableElement> methods;
    private final List<ExecutableElement> nestedMethods;
    private final Set<String> helpers = new HashSet<>();
    private final Deque<String> open = new ArrayDeque<>();
    private boolean sure = true;

    private StableReads(ProtocolModel protocol, Trees trees, Elements elements) {
        this.protocol = protocol;
        this.trees = trees;
        for (VariableElement field : protocol.fields()) {
            if (!Annotations.has(field, "Stable")) {
                changing.add(field.getSimpleName().toString());
            }
        }
        // What other layers answer is no stable field.
        protocol.layer()
                .fields()
                .forEach(field -> changing.add(field.getSimpleName().toString()));
        this.methods = ElementFilter.methodsIn(elements.getAllMembers(protocol.type())).stream()
                .filter(method -> !String.valueOf(method.getEnclosingElement()).equals("java.lang.Object"))
                .toList();
        this.nestedMethods = protocol.lineage().nested().stream()
                .flatMap(type -> ElementFilter.methodsIn(type.getEnclosedElements()).stream())
                // Every record has it, and compares with nothing but its like.
                .filter(method -> !method.getSimpleName().contentEquals("equals"))
                .toList();
    }

    /** The properties of which it is certain. */
    static Set<ExecutableElement> properties(ProtocolModel protocol, ProcessingEnvironment environment) {
        Set<ExecutableElement> found = new LinkedHashSet<>();
        if (protocol.fields().stream().noneMatch(field -> Annotations.has(field, "Stable"))) {
            return found;
        }
        try {
            Trees trees = Trees.instance(environment);
            Predicate<ExecutableElement> isCertain =
                    method -> new StableReads(protocol, trees, environment.getElementUtils()).isCertain(method);
            protocol.properties().stream()
                    .filter(property -> Annotations.has(property, "Safety"))
                    .filter(property -> ContributionModel.isOfMultisets(property)
                            ? property.getParameters().stream()
                                    .map(each -> ContributionModel.of(each, protocol, environment.getTypeUtils())
                                            .orElseThrow())
                                    .allMatch(each -> isStable(each, isCertain))
                            : isOfSystem(property) && isCertain.test(property))
                    .forEach(found::add);
        } catch (IllegalArgumentException | LinkageError notJavac) {
            found.clear();
        }
        return found;
    }

    private static boolean isOfSystem(ExecutableElement property) {
        return ProtocolReader.isType(property.getParameters().get(0).asType(), "dev.foresail.choice.SystemView");
    }

    /** A property of what nodes contribute sees nothing else of their states. */
    private static boolean isStable(ContributionModel contribution, Predicate<ExecutableElement> isCertain) {
        return contribution
                .field()
                .map(field -> Annotations.has(field, "Stable"))
                .orElseGet(() -> contribution.methods().stream().allMatch(isCertain));
    }

    private boolean isCertain(ExecutableElement property) {
        boolean tells = methods.stream()
                .anyMatch(method -> TELLING.contains(method.getSimpleName().toString())
                        || method.getSimpleName().contentEquals("equals"));
        if (tells) {
            return false;
        }
        read(property);
        while (sure && !open.isEmpty()) {
            named(open.remove()).forEach(this::read);
        }
        return sure;
    }

    private void read(ExecutableElement method) {
        MethodTree tree = trees.getTree(method);
        if (tree == null || tree.getBody() == null) {
            sure = false;
        } else {
            scan(tree.getBody(), null);
        }
    }

    /** Those that are hidden included, as superclasses call them. */
    private List<ExecutableElement> named(String name) {
        return protocol.lineage().classes().stream()
                .flatMap(type -> ElementFilter.methodsIn(type.getEnclosedElements()).stream())
                .filter(method -> method.getSimpleName().contentEquals(name))
                .toList();
    }

    /** A method of the protocol is called by its plain name. */
    private void helper(String name) {
        List<ExecutableElement> named = named(name);
        if (named.isEmpty()
                || named.stream().anyMatch(method -> !method.getModifiers().contains(Modifier.STATIC))) {
            sure = false;
        } else if (helpers.add(name)) {
            open.add(name);
        }
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        if (call.getMethodSelect() instanceof IdentifierTree plain) {
            helper(plain.getName().toString());
        } else if (call.getMethodSelect() instanceof MemberSelectTree select) {
            String name = select.getIdentifier().toString();
            if (isProtocol(select.getExpression())) {
                helper(name);
            } else {
                sure &= isHarmlessCall(
                        select.getExpression(), name, call.getArguments().size());
                scan(select.getExpression(), null);
            }
        } else {
            sure = false;
        }
        return scan(call.getArguments(), null);
    }

    private boolean isHarmlessCall(ExpressionTree of, String name, int arguments) {
        if (TELLING.contains(name) || mayMean(methods, name, arguments)) {
            return false;
        }
        return arguments == 0
                || HARMLESS.contains(name) && !mayMean(nestedMethods, name, arguments) && isKnownIfType(of);
    }

    private static boolean mayMean(List<ExecutableElement> methods, String name, int arguments) {
        return methods.stream()
                .anyMatch(method -> method.getSimpleName().contentEquals(name)
                        && (method.isVarArgs() || method.getParameters().size() == arguments));
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree reference, Void unused) {
        ExpressionTree of = reference.getQualifierExpression();
        String name = reference.getName().toString();
        if (isProtocol(of)) {
            helper(name);
            return null;
        }
        boolean created = reference.getMode() == MemberReferenceTree.ReferenceMode.NEW && isKnownIfType(of);
        boolean called = !TELLING.contains(name)
                && methods.stream().noneMatch(method -> method.getSimpleName().contentEquals(name))
                && (isAccessor(of, name)
                        || HARMLESS.contains(name)
                                && nestedMethods.stream()
                                        .noneMatch(
                                                method -> method.getSimpleName().contentEquals(name))
                                && isKnownIfType(of));
        sure &= created || called;
        return scan(of, null);
    }

    /** Whether it is the accessor of a component of one of the protocol's own records. */
    private boolean isAccessor(ExpressionTree of, String name) {
        return protocol.lineage().nested().stream()
                .filter(type -> type.getKind() == ElementKind.RECORD)
                .filter(type -> lastSegment(of).contentEquals(type.getSimpleName()))
                .map(TypeElement::getRecordComponents)
                .anyMatch(components -> components.stream()
                        .anyMatch(component -> component.getSimpleName().contentEquals(name)));
    }

    /** False of what looks like a class and is none that is known. */
    private static boolean isKnownIfType(ExpressionTree expression) {
        String last = lastSegment(expression);
        return last.isEmpty() || !Character.isUpperCase(last.charAt(0)) || KNOWN_TYPES.contains(last);
    }

    private boolean isProtocol(ExpressionTree expression) {
        return protocol.lineage().classes().stream()
                .anyMatch(type -> lastSegment(expression).contentEquals(type.getSimpleName()));
    }

    /** The last name of a path of names; empty of any other expression. */
    private static String lastSegment(ExpressionTree expression) {
        if (expression instanceof IdentifierTree plain) {
            return plain.getName().toString();
        }
        return expression instanceof MemberSelectTree select
                ? select.getIdentifier().toString()
                : "";
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree select, Void unused) {
        sure &= !changing.contains(select.getIdentifier().toString());
        return super.visitMemberSelect(select, unused);
    }

    @Override
    public Void visitNewClass(NewClassTree created, Void unused) {
        String type = created.getIdentifier().toString().replaceFirst("<.*", "");
        sure &= created.getClassBody() == null && KNOWN_TYPES.contains(type);
        return scan(created.getArguments(), null);
    }

    @Override
    public Void visitClass(ClassTree local, Void unused) {
        sure = false;
        return null;
    }

    @Override
    public Void visitLambdaExpression(LambdaExpressionTree lambda, Void unused) {
        return scan(lambda.getBody(), null);
    }
}
