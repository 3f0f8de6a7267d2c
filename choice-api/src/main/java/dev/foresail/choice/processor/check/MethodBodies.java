package dev.foresail.choice.processor.check;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.PhaseModel;
import dev.foresail.choice.processor.model.ProtocolModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;

/**
 * FS014, FS015: timers and messages that method bodies name. Reads javac's syntax trees; other compilers have none, and
 * there the same mistakes are met at run time (FS102, FS101).
 */
final class MethodBodies {
    private final Trees trees;
    private final Elements elements;

    private MethodBodies(Trees trees, Elements elements) {
        this.trees = trees;
        this.elements = elements;
    }

    /** Empty when the compiler is not javac. */
    static Optional<MethodBodies> of(ProcessingEnvironment environment) {
        try {
            return Optional.of(new MethodBodies(Trees.instance(environment), environment.getElementUtils()));
        } catch (IllegalArgumentException | LinkageError notJavac) {
            return Optional.empty();
        }
    }

    void check(ProtocolModel protocol, Diagnostics diagnostics) {
        List<NodeUses> all = new ArrayList<>();
        boolean mayArmOthers = false;
        for (TypeElement type : protocol.lineage().classes()) {
            TreePath path = trees.getPath(type);
            if (path == null) {
                mayArmOthers = true;
            } else {
                NodeUses uses = new NodeUses(protocol);
                uses.scan(path, null);
                mayArmOthers |= uses.mayArmOthers();
                all.add(uses);
                checkTimers(protocol, uses, path.getCompilationUnit(), diagnostics);
                checkSent(protocol, type, uses, path.getCompilationUnit(), diagnostics);
            }
        }
        if (!mayArmOthers) {
            checkArmed(protocol, all);
        }
    }

    private void checkSent(
            ProtocolModel protocol, TypeElement in, NodeUses uses, CompilationUnitTree unit, Diagnostics diagnostics) {
        List<String> messages = protocol.messages().stream()
                .map(each -> each.getSimpleName().toString())
                .toList();
        for (NodeUses.Sent sent : uses.sent()) {
            Optional<TypeElement> type = resolve(sent.typeName(), in, unit);
            if (type.isPresent() && protocol.handlersOf(type.get()).isEmpty()) {
                String text = "'" + sent.typeName() + "' is no message of this protocol: no handler takes it"
                        + Nearest.hint(sent.typeName(), messages);
                report(diagnostics, "FS015", text, sent.tree(), unit);
            } else if (type.isPresent()
                    && PhaseModel.asking(type.get(), protocol).isPresent()) {
                String text = "'" + sent.typeName() + "' is asked in a phase, and cannot be sent without one; begin '"
                        + PhaseModel.asking(type.get(), protocol).get().of() + "' with it";
                report(diagnostics, "FS015", text, sent.tree(), unit);
            }
        }
    }

    private void report(Diagnostics diagnostics, String code, String text, Tree at, CompilationUnitTree unit) {
        diagnostics
                .counted(code, at, text)
                .ifPresent(whole -> trees.printMessage(Diagnostic.Kind.ERROR, whole, at, unit));
    }

    private void checkTimers(ProtocolModel protocol, NodeUses uses, CompilationUnitTree unit, Diagnostics diagnostics) {
        List<String> timers = protocol.keys(HandlerModel.Kind.TIMER);
        for (NodeUses.TimerUse use : uses.timers()) {
            if (!timers.contains(use.name())) {
                String text = "no handler bears the timer '" + use.name() + "'" + Nearest.hint(use.name(), timers)
                        + "; add @OnTimer(\"" + use.name() + "\")";
                report(diagnostics, "FS014", text, use.tree(), unit);
            }
        }
    }

    private void checkArmed(ProtocolModel protocol, List<NodeUses> all) {
        for (HandlerModel handler : protocol.handlersOf(HandlerModel.Kind.TIMER)) {
            boolean armed = all.stream()
                    .flatMap(uses -> uses.timers().stream())
                    .anyMatch(use -> use.arms() && use.name().equals(handler.key()));
            TreePath method = trees.getPath(handler.method());
            if (!armed && method != null && !handler.key().isBlank()) {
                String text = Diagnostics.text("FS014", "nothing arms the timer '" + handler.key() + "'");
                trees.printMessage(Diagnostic.Kind.WARNING, text, method.getLeaf(), method.getCompilationUnit());
            }
        }
    }

    /** The class that {@code name} means inside {@code in}; empty when that cannot be told from the text. */
    private Optional<TypeElement> resolve(String name, TypeElement in, CompilationUnitTree unit) {
        for (Element at = in; at != null && at.getKind() != ElementKind.PACKAGE; at = at.getEnclosingElement()) {
            Optional<TypeElement> member = named(at, name);
            if (member.isPresent()) {
                return member;
            }
        }
        for (ImportTree each : unit.getImports()) {
            String imported = each.getQualifiedIdentifier().toString();
            if (imported.endsWith("." + name)) {
                return Optional.ofNullable(elements.getTypeElement(imported));
            }
        }
        String inPackage = elements.getPackageOf(in).getQualifiedName() + "." + name;
        return Optional.ofNullable(elements.getTypeElement(inPackage))
                .or(() -> Optional.ofNullable(elements.getTypeElement(name)));
    }

    /** The class {@code name}, possibly dotted, as seen from inside {@code scope}. */
    private Optional<TypeElement> named(Element scope, String name) {
        int dot = name.indexOf('.');
        String first = dot < 0 ? name : name.substring(0, dot);
        Optional<TypeElement> found = scope.getSimpleName().contentEquals(first)
                ? Optional.of((TypeElement) scope)
                : ElementFilter.typesIn(elements.getAllMembers((TypeElement) scope)).stream()
                        .filter(each -> each.getSimpleName().contentEquals(first))
                        .findFirst();
        return dot < 0 ? found : found.flatMap(each -> named(each, name.substring(dot + 1)));
    }
}
