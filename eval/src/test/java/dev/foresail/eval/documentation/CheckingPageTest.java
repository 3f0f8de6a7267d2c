package dev.foresail.eval.documentation;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.project.StarterProject;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/checking.md types is typed, in its order, and what it shows is what comes back. */
final class CheckingPageTest {
    private static final Path PAGE = CodeBlocks.projectRoot().resolve("docs/checking.md");
    private static final Pattern CLASS_NAME = Pattern.compile("(?m)^public final class (\\w+)");
    private static final Pattern FIGURES = Pattern.compile("[0-9.]+( [0-9.]+){4}");

    private static final String PROJECT = "locks";
    private static final String PACKAGE = StarterProject.defaultPackage(PROJECT);

    /** What the page does to the field that is forgotten in a crash. */
    private static final String MARK = "@Durable ";

    private static final String SERVICES =
            "src/main/resources/META-INF/services/" + ExplorationScenario.class.getName();

    @TempDir
    private static Path directory = Path.of("");

    private static Path classes = Path.of("");
    private static Path mended = Path.of("");
    private static Path traces = Path.of("");

    @BeforeAll
    static void compileThePage() throws IOException {
        classes = directory.resolve("classes");
        mended = directory.resolve("mended");
        traces = directory.resolve("foresail-traces");
        compile(classes, "");
        compile(mended, MARK);
    }

    /** The traces that the page names are those of its own commands. */
    @AfterEach
    void removeTraces() throws IOException {
        if (Files.isDirectory(traces)) {
            try (Stream<Path> files = Files.list(traces)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void everyCommandPrintsWhatThePageShows() throws IOException {
        StringBuilder shown = new StringBuilder();
        StringBuilder printed = new StringBuilder();
        List<String> page = Files.readAllLines(PAGE);
        long before = CodeBlocks.of(page.subList(0, page.indexOf("```diff")), "console").stream()
                .count();
        for (String block : CodeBlocks.of(page, "console")) {
            String command = block.lines().findFirst().orElseThrow();
            assertTrue(command.startsWith("$ foresail "), command);
            shown.append(block);
            printed.append(command)
                    .append('\n')
                    .append(outputOf(command.substring("$ foresail ".length()), before-- > 0 ? classes : mended));
        }
        assertEquals(comparable(shown.toString()), comparable(printed.toString()), printed::toString);
    }

    @Test
    void theTestThatItShowsFailsBeforeTheMistakeIsMendedAndPassesAfterwards() throws Exception {
        outputOf("check latch --classpath target/classes --set crashes=1 --set restarts=true", classes);
        assertDoesNotThrow(() -> runTestOf(mended));
        InvocationTargetException failed = assertThrows(InvocationTargetException.class, () -> runTestOf(classes));
        assertEquals(AssertionError.class, failed.getTargetException().getClass());
    }

    /** The files that the page says to write belong into the project that it says to make. */
    @Test
    void whatIsWrittenHasItsPlaceInANewProject() throws IOException {
        String page = Files.readString(PAGE);
        assertTrue(page.contains("\nforesail new " + PROJECT + "\n"), "the page makes another project");
        Path project = directory.resolve(PROJECT);
        new StarterProject(PROJECT, PACKAGE, "1").write(project);
        List<String> files = new ArrayList<>(List.of(SERVICES));
        for (String block : CodeBlocks.of(PAGE, "java")) {
            String name = nameOf(block);
            files.add((name.endsWith("Test") ? "src/test/java/" : "src/main/java/") + PACKAGE.replace('.', '/') + "/"
                    + name + ".java");
        }
        for (String file : files) {
            assertTrue(page.contains("`" + file + "`"), () -> "the page does not say where this goes: " + file);
            assertTrue(Files.isDirectory(project.resolve(file).getParent()), file);
        }
    }

    private static void runTestOf(Path output) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {output.toUri().toURL()}, CheckingPageTest.class.getClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Class<?> shown = loader.loadClass(PACKAGE + ".LatchTest");
            shown.getMethod("theLockIsNotForgotten")
                    .invoke(shown.getConstructor().newInstance());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** @param output what the project's classes are at that place of the page */
    private String outputOf(String command, Path output) {
        List<String> arguments = new ArrayList<>();
        for (String word : command.split(" ", -1)) {
            arguments.add(
                    word.replace("target/classes", output.toString()).replace("foresail-traces", traces.toString()));
        }
        if (arguments.get(0).equals("check")) {
            arguments.addAll(List.of("--trace-dir", traces.toString()));
        }
        StringWriter said = new StringWriter();
        PrintWriter both = new PrintWriter(said, true);
        Foresail.execute(arguments, both, both);
        return said.toString()
                .replace(traces.toString(), "foresail-traces")
                .replace(output.toString(), "target/classes");
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
    private static void compile(Path output, String mark) throws IOException {
        Path sources = Files.createDirectories(directory.resolve(output.getFileName() + "-sources"));
        List<Path> files = new ArrayList<>();
        for (String block : CodeBlocks.of(PAGE, "java")) {
            String source = block.replace("Optional<NodeId> holder =", mark + "Optional<NodeId> holder =")
                    .replace("foresail-traces", traces.toString());
            files.add(Files.writeString(sources.resolve(nameOf(block) + ".java"), source));
        }
        Path services = output.resolve(SERVICES.replace("src/main/resources/", ""));
        Files.createDirectories(services.getParent());
        Files.writeString(services, CodeBlocks.of(PAGE, "text").get(0));
        assertEquals("", PageCompiler.compile(files, output));
    }

    private static String nameOf(String block) {
        Matcher name = CLASS_NAME.matcher(block);
        assertTrue(name.find(), () -> "every Java block declares a public final class, not: " + block);
        return name.group(1);
    }
}
