package dev.foresail.eval.documentation;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.Foresail;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/checking.md types is typed, in its order, and what it shows is what comes back. */
final class CheckingPageTest {
    private static final Path PAGE = CodeBlocks.projectRoot().resolve("docs/checking.md");
    private static final Pattern CLASS_NAME = Pattern.compile("(?m)^public final class (\\w+)");
    private static final Pattern FIGURES = Pattern.compile("[0-9.]+( [0-9.]+){4}");

    /** What the page leaves out. */
    private static final String LEFT_OUT = """
            package example;

            import dev.foresail.choice.*;
            import dev.foresail.choice.machine.ParameterDescription;
            import dev.foresail.predictor.model.*;
            import dev.foresail.predictor.trace.Traces;
            import java.nio.file.Path;
            import java.time.Duration;
            import java.util.*;
            import org.junit.jupiter.api.Test;

            """;

    @TempDir
    private Path directory = Path.of("");

    private Path classes = Path.of("");
    private Path mended = Path.of("");
    private Path traces = Path.of("");

    @BeforeEach
    void compileThePage() throws IOException {
        classes = directory.resolve("classes");
        mended = directory.resolve("mended");
        traces = directory.resolve("foresail-traces");
        compile(classes, "");
        compile(mended, "@Durable ");
    }

    @Test
    void everyCommandPrintsWhatThePageShows() throws IOException {
        StringBuilder shown = new StringBuilder();
        StringBuilder printed = new StringBuilder();
        for (String block : CodeBlocks.of(PAGE, "console")) {
            String command = block.lines().findFirst().orElseThrow();
            assertTrue(command.startsWith("$ foresail "), command);
            shown.append(block);
            printed.append(command).append('\n').append(outputOf(command.substring("$ foresail ".length())));
        }
        assertEquals(comparable(shown.toString()), comparable(printed.toString()), printed::toString);
    }

    @Test
    void theTestThatItShowsFailsBeforeTheMistakeIsMendedAndPassesAfterwards() throws Exception {
        outputOf("check latch --classpath target/classes --set crashes=1 --set restarts=true");
        assertDoesNotThrow(() -> runTestOf(mended));
        InvocationTargetException failed = assertThrows(InvocationTargetException.class, () -> runTestOf(classes));
        assertEquals(AssertionError.class, failed.getTargetException().getClass());
    }

    private static void runTestOf(Path output) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {output.toUri().toURL()}, CheckingPageTest.class.getClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Class<?> shown = loader.loadClass("example.LatchTest");
            shown.getMethod("theLockIsNotForgotten")
                    .invoke(shown.getConstructor().newInstance());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private String outputOf(String command) {
        List<String> arguments = new ArrayList<>();
        for (String word : command.split(" ", -1)) {
            arguments.add(word.replace("target/classes", classes.toString())
                    .replace("target/mended", mended.toString())
                    .replace("foresail-traces", traces.toString()));
        }
        if (arguments.get(0).equals("check")) {
            arguments.addAll(List.of("--trace-dir", traces.toString()));
        }
        StringWriter said = new StringWriter();
        PrintWriter both = new PrintWriter(said, true);
        Foresail.execute(arguments, both, both);
        return said.toString()
                .replace(traces.toString(), "foresail-traces")
                .replace(classes.toString(), "target/classes")
                .replace(mended.toString(), "target/mended");
    }

    /** Times and the number of handler runs say nothing about the protocol; columns are as wide as they have to be. */
    private static String comparable(String text) {
        StringBuilder comparable = new StringBuilder();
        text.lines().forEach(line -> {
            String words = line.strip().replaceAll(" +", " ");
            String[] figures = words.split(" ", -1);
            comparable
                    .append(
                            FIGURES.matcher(words).matches()
                                    ? figures[0] + " " + figures[1] + " " + figures[3]
                                    : words.replaceAll("\\(the odds .*\\)", ""))
                    .append('\n');
        });
        return comparable.toString();
    }

    /** Compiles the page, with {@code mark} before the field that is forgotten in a crash. */
    private void compile(Path output, String mark) throws IOException {
        Path sources = Files.createDirectories(directory.resolve(output.getFileName() + "-sources"));
        List<Path> files = new ArrayList<>();
        for (String block : CodeBlocks.of(PAGE, "java")) {
            Matcher name = CLASS_NAME.matcher(block);
            assertTrue(name.find(), () -> "every Java block declares a public final class, not: " + block);
            String source = block.replace("Optional<NodeId> holder =", mark + "Optional<NodeId> holder =")
                    .replace("foresail-traces", traces.toString());
            files.add(Files.writeString(sources.resolve(name.group(1) + ".java"), LEFT_OUT + source));
        }
        Files.createDirectories(output.resolve("META-INF/services"));
        Files.writeString(
                output.resolve("META-INF/services/dev.foresail.predictor.model.ExplorationScenario"),
                "example.LatchScenario\n");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options = List.of(
                "--release",
                "17",
                "-d",
                output.toString(),
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + output,
                "-processor",
                "dev.foresail.choice.processor.ForesailProcessor");
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            compiler.getTask(said, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
        }
        assertEquals("", said.toString());
    }
}
