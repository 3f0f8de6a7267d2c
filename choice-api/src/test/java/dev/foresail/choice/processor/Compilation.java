package dev.foresail.choice.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * One compile of source texts with the processor. In the texts, {@code //! FS011} at the end of a line says that the
 * mistake FS011 is expected there.
 */
final class Compilation {
    private static final Pattern EXPECTED = Pattern.compile("//! (.*)$");
    private static final Pattern CODE = Pattern.compile("\\[(FS\\d+)\\]");

    private static final String IMPORTS =
            "package %s; import dev.foresail.choice.*; import java.util.*; import java.time.Duration;\n";

    private final List<String> expected = new ArrayList<>();
    private final List<Diagnostic<? extends JavaFileObject>> diagnostics;

    private Compilation(List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Compiles classes; the class's name is the first word after {@code class} at the start of a line. */
    static Compilation of(Path directory, String... sources) {
        return of(directory, List.of(), sources);
    }

    static Compilation of(Path directory, List<String> options, String... sources) {
        return ofPackage(directory, options, "test", sources);
    }

    static Compilation ofPackage(Path directory, List<String> options, String packageName, String... sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> collector = new DiagnosticCollector<>();
        List<JavaFileObject> files =
                Stream.of(sources).map(source -> file(packageName, source)).toList();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(collector, Locale.ROOT, null)) {
            manager.setLocation(
                    StandardLocation.CLASS_OUTPUT,
                    List.of(Files.createDirectories(directory).toFile()));
            List<String> all = new ArrayList<>(List.of("--release", "17", "-Xlint:all", "-implicit:class"));
            all.addAll(options);
            JavaCompiler.CompilationTask task = compiler.getTask(null, manager, collector, all, null, files);
            task.setProcessors(List.of(new ForesailProcessor()));
            task.call();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        Compilation compilation = new Compilation(collector.getDiagnostics());
        Stream.of(sources).forEach(compilation::expect);
        return compilation;
    }

    private static JavaFileObject file(String packageName, String source) {
        Matcher name = Pattern.compile("(?m)^.*?\\b(?:class|interface) (\\w+)").matcher(source);
        if (!name.find()) {
            throw new IllegalArgumentException("no class in " + source);
        }
        return new SimpleJavaFileObject(
                URI.create("string:///" + packageName + "/" + name.group(1) + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return IMPORTS.formatted(packageName) + source;
            }
        };
    }

    private void expect(String source) {
        String[] lines = source.split("\n", -1);
        for (int index = 0; index < lines.length; index++) {
            Matcher matcher = EXPECTED.matcher(lines[index]);
            if (matcher.find()) {
                for (String code : matcher.group(1).trim().split(" ")) {
                    expected.add("line " + (index + 2) + ": " + code + " at " + lines[index].strip());
                }
            }
        }
        this.sources.add(lines);
    }

    private final List<String[]> sources = new ArrayList<>();

    /** Checks that exactly the marked mistakes were reported, each on its line. */
    void assertMarkedMistakes() {
        List<String> found = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> each : diagnostics) {
            Matcher code = CODE.matcher(each.getMessage(Locale.ROOT));
            String name = code.find() ? code.group(1) : each.getMessage(Locale.ROOT);
            found.add("line " + each.getLineNumber() + ": " + name + " at " + lineText(each));
        }
        assertEquals(String.join("\n", sorted(expected)), String.join("\n", sorted(found)), this::toString);
    }

    private String lineText(Diagnostic<? extends JavaFileObject> diagnostic) {
        int index = (int) diagnostic.getLineNumber() - 2;
        for (String[] lines : sources) {
            boolean own =
                    sources.size() == 1 || diagnostic.getSource() != null && contains(lines, diagnostic.getSource());
            if (own && index >= 0 && index < lines.length) {
                return lines[index].strip();
            }
        }
        return "?";
    }

    private static boolean contains(String[] lines, JavaFileObject file) {
        try {
            return file.getCharContent(true).toString().endsWith(String.join("\n", lines));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static List<String> sorted(List<String> texts) {
        return texts.stream().sorted().toList();
    }

    /** All messages, one on a line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        diagnostics.forEach(each -> text.append(each.getMessage(Locale.ROOT)).append('\n'));
        return text.toString();
    }
}
