package dev.foresail.predictor.determinism;

import dev.foresail.predictor.guardrail.OwnCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The methods that a protocol's code may call, each with the shortest chain of calls to it. Breadth first, in the order of
 * the class files. Used once; not thread-safe.
 */
final class Reach {
    /*
     * A call goes to the method that the caller's static type has. One that is dispatched goes besides to every method of
     * the same name and descriptor in classes that the code instantiates: more than can happen, never less. What the
     * platform calls back (compareTo, run, iterator...) is taken to be called as soon as its class is instantiated.
     */
    private final ClassFiles files;
    private final OwnCode own;
    private final Deque<Reached> waiting = new ArrayDeque<>();
    private final List<Reached> reached = new ArrayList<>();
    private final SortedSet<String> seen = new TreeSet<>();
    private final SortedSet<String> initialised = new TreeSet<>();
    private final SortedMap<String, Cause> instantiated = new TreeMap<>();
    private final SortedMap<String, Cause> dispatched = new TreeMap<>();
    private final SortedSet<String> allowed = new TreeSet<>();

    /** A method and who calls it. */
    record Reached(ClassFile type, ClassFile.Method method, Cause cause) {}

    /**
     * Why something is reached.
     *
     * @param caller empty when it is where the scan begins
     * @param line of the call in the caller, 0 when not known
     */
    record Cause(Optional<Reached> caller, int line) {}

    Reach(ClassFiles files, OwnCode own) {
        this.files = files;
        this.own = own;
    }

    /** Every method of {@code type}, or that it inherits from own classes, that can be called from outside is called. */
    void begin(String type) {
        Cause outside = new Cause(Optional.empty(), 0);
        instantiate(type, outside);
        Optional<ClassFile> file = files.find(type);
        while (file.isPresent()) {
            ClassFile found = file.get();
            found.methods().values().stream()
                    .filter(ClassFile.Method::isOpen)
                    .forEach(method -> enqueue(found, method, outside));
            file = Optional.of(found.superName()).filter(own::contains).flatMap(files::find);
        }
        drain();
    }

    /** Objects of {@code type} exist, such as messages. */
    void beginInstance(String type) {
        instantiate(type, new Cause(Optional.empty(), 0));
        drain();
    }

    List<Reached> reached() {
        return reached;
    }

    /** What was not looked into, as {@code class.method: reason}. */
    SortedSet<String> allowed() {
        return allowed;
    }

    private void drain() {
        while (!waiting.isEmpty()) {
            Reached next = waiting.remove();
            reached.add(next);
            for (ClassFile.Use use : next.method().uses()) {
                follow(use, new Cause(Optional.of(next), use.line()));
            }
        }
    }

    private void follow(ClassFile.Use use, Cause cause) {
        if (!own.contains(use.owner())) {
            return;
        }
        initialise(use.owner(), cause);
        if (use.isCall()) {
            if (use.name().equals("<init>")) {
                instantiate(use.owner(), cause);
            }
            declaration(use.owner(), use.signature()).ifPresent(found -> enqueue(found.type(), found.method(), cause));
            if (use.kind() == ClassFile.Kind.DISPATCHED_CALL
                    && dispatched.putIfAbsent(use.signature(), cause) == null) {
                for (String type : instantiated.keySet()) {
                    declaration(type, use.signature()).ifPresent(found -> enqueue(found.type(), found.method(), cause));
                }
            }
        }
    }

    private record Declaration(ClassFile type, ClassFile.Method method) {}

    /** The method as an object of {@code type} has it, as far as own classes have code for it. */
    private Optional<Declaration> declaration(String type, String signature) {
        if (!own.contains(type)) {
            return Optional.empty();
        }
        Optional<ClassFile> file = files.find(type);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        ClassFile.Method method = file.get().methods().get(signature);
        if (method != null && !method.isAbstract()) {
            return Optional.of(new Declaration(file.get(), method));
        }
        for (String parent : parents(file.get())) {
            Optional<Declaration> inherited = declaration(parent, signature);
            if (inherited.isPresent()) {
                return inherited;
            }
        }
        return Optional.empty();
    }

    private static List<String> parents(ClassFile file) {
        List<String> parents = new ArrayList<>();
        if (!file.superName().isEmpty()) {
            parents.add(file.superName());
        }
        parents.addAll(file.interfaces());
        return parents;
    }

    private void initialise(String type, Cause cause) {
        if (own.contains(type) && initialised.add(type)) {
            files.find(type).ifPresent(file -> {
                initialise(file.superName(), cause);
                ClassFile.Method method = file.methods().get("<clinit>()V");
                if (method != null) {
                    enqueue(file, method, cause);
                }
            });
        }
    }

    private void instantiate(String type, Cause cause) {
        if (!own.contains(type) || instantiated.putIfAbsent(type, cause) != null) {
            return;
        }
        initialise(type, cause);
        Optional<ClassFile> file = files.find(type);
        if (file.isEmpty()) {
            return;
        }
        // Restored states hold objects that no reached code has made.
        file.get().fieldTypes().forEach(fieldType -> instantiate(fieldType, cause));
        instantiate(file.get().superName(), cause);
        enqueueCallable(type, foreignMethods(file.get()), cause);
    }

    /** What objects of {@code type} may be asked for, by calls seen so far or by the platform. */
    private void enqueueCallable(String type, SortedSet<String> foreign, Cause cause) {
        // What it has itself or inherits, from interfaces too.
        for (String signature : foreign) {
            declaration(type, signature)
                    .filter(found -> found.method().isDispatched())
                    .ifPresent(found -> enqueue(found.type(), found.method(), cause));
        }
        dispatched.forEach((signature, caller) -> declaration(type, signature)
                .filter(found -> found.method().isDispatched())
                .ifPresent(found -> enqueue(found.type(), found.method(), caller)));
    }

    /** The methods that a type inherits from the platform and libraries, which may call them. */
    private SortedSet<String> foreignMethods(ClassFile file) {
        SortedSet<String> signatures = new TreeSet<>();
        collectForeign(file, signatures, new TreeSet<>());
        return signatures;
    }

    private void collectForeign(ClassFile file, SortedSet<String> signatures, SortedSet<String> visited) {
        for (String parent : parents(file)) {
            if (visited.add(parent)) {
                files.find(parent).ifPresent(found -> {
                    if (!own.contains(parent)) {
                        signatures.addAll(found.methods().keySet());
                    }
                    collectForeign(found, signatures, visited);
                });
            }
        }
    }

    private void enqueue(ClassFile type, ClassFile.Method method, Cause cause) {
        Optional<String> reason = method.allowed().or(type::allowed);
        if (reason.isPresent()) {
            allowed.add(type.name() + "." + method.name() + ": " + reason.get());
        } else if (seen.add(type.name() + "." + method.signature())) {
            waiting.add(new Reached(type, method, cause));
        }
    }
}
