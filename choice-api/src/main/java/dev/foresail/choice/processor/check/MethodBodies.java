package dev.foresail.choice.processor.check;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.ProtocolModel;
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
        TreePath path = trees.getPath(protocol.type());
        if (path == null) {
            return;
        }
        NodeUses uses = new NodeUses(protocol);
        uses.scan(path, null);
        checkTimers(protocol, uses, path.getCompilationUnit(), diagnostics);
        List<String> messages = protocol.messages().stream()
                .map(each -> each.getSimpleName().toString())
                .toList();
        for (NodeUses.Sent sent : uses.sent()) {
            Optional<TypeElement> type = resolve(sent.typeName(), protocol.type(), path.getCompilationUnit());
            if (type.isPresent() && !protocol.messages().contains(type.get())) {
                String text = diagnostics.counted(
                        "FS015",
                        "'" + sent.typeName() + "' is no message of this protocol: no handler takes it"
                                + Nearest.hint(sent.typeName(), messages));
                trees.printMessage(Diagnostic.Kind.ERROR, text, sent.tree(), path.getCompilationUnit());
            }
        }
    }

    private void checkTimers(ProtocolModel protocol, NodeUses uses, CompilationUnitTree unit, Diagnostics diagnostics) {
        List<String> timers = protocol.keys(HandlerModel.Kind.TIMER);
        for (NodeUses.TimerUse use : uses.timers()) {
            if (!timers.contains(use.name())) {
                String text = diagnostics.counted(
                        "FS014",
                        "no handler bears the timer '" + use.name() + "'" + Nearest.hint(use.name(), timers)
                                + "; add @OnTimer(\"" + use.name() + "\")");
                trees.printMessage(Diagnostic.Kind.ERROR, text, use.tree(), unit);
            }
        }
        for (HandlerModel handler : protocol.handlersOf(HandlerModel.Kind.TIMER)) {
            boolean armed = uses.timers().stream()
                    .anyMatch(use -> use.arms() && use.name().equals(handler.key()));
            Tree method = trees.getTree(handler.method());
            if (!armed
                    && !uses.mayArmOthers()
                    && method != null
                    && !handler.key().isBlank()) {
                String text = Diagnostics.text("FS014", "nothing arms the timer '" + handler.key() + "'");
                trees.printMessage(Diagnostic.Kind.WARNING, text, method, unit);
            }
        }
    }

    /** The class that {@code name} means inside {@code protocol}; empty when that cannot be told from the text. */
    private Optional<TypeElement> resolve(String name, TypeElement protocol, CompilationUnitTree unit) {
        for (Element at = protocol; at != null && at.getKind() != ElementKind.PACKAGE; at = at.getEnclosingElement()) {
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
        String inPackage = elements.getPackageOf(protocol).getQualifiedName() + "." + name;
        return Optional.ofNullable(elements.getTypeElement(inPackage))
                .or(() -> Optional.ofNullable(elements.getTypeElement(name)));
    }

    /** The class {@code name}, possibly dotted, as seen from inside {@code scope}. */
    private static Optional<TypeElement> named(Element scope, String name) {
        int dot = name.indexOf('.');
        String first = dot < 0 ? name : name.substring(0, dot);
        Optional<TypeElement> found = scope.getSimpleName().contentEquals(first)
                ? Optional.of((TypeElement) scope)
                : ElementFilter.typesIn(scope.getEnclosedElements()).stream()
                        .filter(each -> each.getSimpleName().contentEquals(first))
                        .findFirst();
        return dot < 0 ? found : found.flatMap(each -> named(each, name.substring(dot + 1)));
    }
}
