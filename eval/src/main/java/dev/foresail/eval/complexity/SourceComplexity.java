package dev.foresail.eval.complexity;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Counts what a Java source costs its reader. Only the syntax tree is looked at (the JDK's own compiler parses, nothing
 * is compiled), so neither formatting nor comments matter, and no class path is needed. Pure functions.
 */
public final class SourceComplexity {
    private SourceComplexity() {}

    /**
     * Measures files; each is named by its file name.
     *
     * @throws UncheckedIOException when one can't be read
     * @throws IllegalArgumentException when one can't be parsed
     */
    public static ComplexityReport measure(List<Path> files) {
        List<SourceFigures> figures = new ArrayList<>();
        for (Path file : files) {
            try {
                Path name = Optional.ofNullable(file.getFileName()).orElse(file);
                figures.add(measure(name.toString(), Files.readString(file)));
            } catch (IOException unreadable) {
                throw new UncheckedIOException("cannot read " + file, unreadable);
            }
        }
        return new ComplexityReport(figures);
    }

    /**
     * Measures one source.
     *
     * @param name a file name that ends in {@code .java}
     * @throws IllegalArgumentException when it can't be parsed
     */
    public static SourceFigures measure(String name, String text) {
        ChoiceRegions regions = new ChoiceRegions(name, text);
        JavaCompiler compiler = Optional.ofNullable(ToolProvider.getSystemJavaCompiler())
                .orElseThrow(() -> new IllegalStateException(
                        "counting needs the compiler of a JDK; this Java is a run-time environment only"));
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) compiler.getTask(
                null, null, diagnostics, List.of("-proc:none"), null, List.of(new TextSource(name, text)));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            for (Diagnostic<?> diagnostic : diagnostics.getDiagnostics()) {
                if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                    throw new IllegalArgumentException(
                            name + ":" + diagnostic.getLineNumber() + ": " + diagnostic.getMessage(Locale.ROOT));
                }
            }
            SyntaxCounter counter = new SyntaxCounter(unit, Trees.instance(task).getSourcePositions(), regions);
            counter.scan(unit, null);
            return counter.figures(name, codeLines(text));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static int codeLines(String text) {
        return (int)
                text.lines().map(String::trim).filter(SourceComplexity::isCode).count();
    }

    private static boolean isCode(String line) {
        return !line.isEmpty()
                && !line.startsWith("//")
                && !line.startsWith("/*")
                && !line.startsWith("*")
                && !line.startsWith("import ");
    }

    /** A source that is in memory. */
    private static final class TextSource extends SimpleJavaFileObject {
        private final String text;

        TextSource(String name, String text) {
            super(URI.create("text:///" + name), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
