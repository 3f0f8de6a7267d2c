package dev.foresail.predictor.determinism;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.guardrail.OwnCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.objectweb.asm.Type;

/**
 * Reads a protocol's compiled code, and follows its calls through its own classes, for what makes a handler depend on more
 * than it is given. Runs nothing. Not thread-safe.
 *
 * <p>It finds what the code says, not what it means: a HashMap that is never iterated is reported, an object that a library
 * makes up from the clock is not. Not seen are: calls by reflection, iteration of hash collections that own code did not
 * make, changes inside objects that static fields of interface type refer to. {@link DoubleRun} looks at results instead.
 */
public final class BytecodeScan {
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::className)
            .thenComparingInt(Finding::line)
            .thenComparing(Finding::called)
            .thenComparing(Finding::method);

    private final ClassLoader loader;
    private final OwnCode own;
    private final RuleTable rules = RuleTable.standard();

    /**
     * @param loader finds the class files, those of the platform included
     * @param own the classes whose code is looked into
     */
    public BytecodeScan(ClassLoader loader, OwnCode own) {
        this.loader = loader;
        this.own = own;
    }

    /** Scans the protocol's class, or those of all layers, and the messages as far as they are called. */
    public ScanReport scan(Machine<?> machine) {
        return scan(
                machine.protocolTypes().stream().map(Class::getName).toList(),
                machine.messageTypes().stream().map(Class::getName).toList());
    }

    /**
     * Scans the methods of a protocol's class that the machine may call, and what they reach.
     *
     * @param protocol the class's full name
     * @param messages the full names of classes of which there may be objects
     */
    public ScanReport scan(String protocol, List<String> messages) {
        return scan(List.of(protocol), messages);
    }

    private ScanReport scan(List<String> protocols, List<String> messages) {
        ClassFiles files = new ClassFiles(loader);
        Reach reach = new Reach(files, own);
        protocols.forEach(reach::begin);
        messages.forEach(reach::beginInstance);
        SortedSet<Finding> findings = new TreeSet<>(ORDER);
        for (Reach.Reached reached : reach.reached()) {
            for (ClassFile.Use use : reached.method().uses()) {
                judge(files, reached, use).ifPresent(findings::add);
            }
        }
        return new ScanReport(
                List.copyOf(findings),
                List.copyOf(reach.allowed()),
                reach.reached().size(),
                files.unreadable().stream().toList());
    }

    private Optional<Finding> judge(ClassFiles files, Reach.Reached reached, ClassFile.Use use) {
        Optional<RuleTable.Rule> rule;
        String called;
        if (use.isCall()) {
            Optional<String> foreign = foreignOwner(files, use.owner(), use.signature());
            called = use.readable(foreign.orElse(use.owner()));
            rule = foreign.isEmpty() ? Optional.empty() : rules.call(called);
        } else {
            called = use.readable(use.owner());
            rule = judgeField(reached, use, called);
        }
        return rule.map(found -> new Finding(
                found.category(),
                called,
                found.advice(),
                reached.type().name(),
                reached.method().name(),
                reached.type().sourceFile(),
                use.line(),
                chain(reached, use.line())));
    }

    private Optional<RuleTable.Rule> judgeField(Reach.Reached reached, ClassFile.Use use, String field) {
        if (!own.contains(use.owner()) || reached.method().name().equals("<clinit>")) {
            return Optional.empty();
        }
        return use.kind() == ClassFile.Kind.STATIC_WRITE
                ? rules.staticWrite(field)
                : rules.staticRead(Type.getType(use.descriptor()).getClassName());
    }

    /** The class outside of the own code that has the method; empty when the method is own code. */
    private Optional<String> foreignOwner(ClassFiles files, String owner, String signature) {
        if (!own.contains(owner)) {
            return Optional.of(owner);
        }
        return files.find(owner)
                .filter(file -> !file.methods().containsKey(signature))
                .flatMap(file -> foreignParent(files, file, signature));
    }

    private Optional<String> foreignParent(ClassFiles files, ClassFile file, String signature) {
        List<String> parents = new ArrayList<>(file.interfaces());
        parents.add(file.superName());
        for (String parent : parents) {
            Optional<String> declarer = foreignOwner(files, parent, signature);
            if (declarer.isPresent() && declares(files, declarer.get(), signature)) {
                return declarer;
            }
        }
        return Optional.empty();
    }

    private static boolean declares(ClassFiles files, String type, String signature) {
        return files.find(type)
                .filter(file -> file.methods().containsKey(signature))
                .isPresent();
    }

    private static List<String> chain(Reach.Reached last, int lastLine) {
        Deque<String> chain = new ArrayDeque<>();
        Optional<Reach.Reached> at = Optional.of(last);
        int line = lastLine;
        while (at.isPresent()) {
            Reach.Reached reached = at.get();
            String type = reached.type().name();
            chain.addFirst(type.substring(type.lastIndexOf('.') + 1) + "."
                    + reached.method().name() + " (" + reached.type().sourceFile() + ":" + line + ")");
            line = reached.cause().line();
            at = reached.cause().caller();
        }
        return List.copyOf(chain);
    }
}
