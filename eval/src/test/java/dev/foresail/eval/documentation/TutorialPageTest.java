package dev.foresail.eval.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.project.StarterProject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** What docs/tutorial.md prints is what comes back; figures of simulations, which change with the predictions, are not compared. */
final class TutorialPageTest {
    private static final Path PAGE = CodeBlocks.projectRoot().resolve("docs/tutorial.md");

    @TempDir
    private Path directory = Path.of("");

    private List<String> page = List.of();

    @BeforeEach
    void readThePage() throws IOException {
        page = Files.readAllLines(PAGE);
    }

    private void assertShown(String output) {
        output.lines().forEach(line -> assertTrue(page.contains(line), () -> "the tutorial does not show: " + line));
    }

    @Test
    void whatNewPrints() {
        Path project = directory.resolve("work");
        StringWriter out = new StringWriter();
        int code = Foresail.execute(
                List.of("new", "work", "--directory", project.toString()),
                new PrintWriter(out, true),
                new PrintWriter(new StringWriter()));
        assertEquals(0, code);
        assertShown(out.toString().replace(project.toString(), "work"));
    }

    @Test
    void theChoiceAndTheObjective() throws IOException {
        Path project = project();
        String protocol = Files.readString(source(project));
        assertTrue(
                protocol.contains(CodeBlocks.of(PAGE, "java").get(0).indent(4).stripTrailing()),
                "the choice of " + protocol);
        String configuration = Files.readString(project.resolve("src/main/resources/META-INF/foresail/work.yaml"));
        assertTrue(configuration.contains(CodeBlocks.of(PAGE, "yaml").get(0)), configuration);
    }

    @Test
    void theMistakeInYaml() throws IOException {
        Path project = project();
        assertEquals(List.of(), compile(project));
        Path file = Files.writeString(
                directory.resolve("mine.yaml"), CodeBlocks.of(PAGE, "yaml").get(1));
        StringWriter err = new StringWriter();
        int code = Foresail.execute(
                List.of(
                        "simulate",
                        "work",
                        "--classpath",
                        directory.toString(),
                        "--nodes",
                        "6",
                        "--config",
                        file.toString()),
                new PrintWriter(new StringWriter()),
                new PrintWriter(err, true));
        assertEquals(64, code);
        assertShown(err.toString().replace(file.toString(), "mine.yaml"));
    }

    @Test
    void theMistakeInJava() throws IOException {
        Path project = project();
        Path source = source(project);
        Files.writeString(source, Files.readString(source).replace("from = \"workers\"", "from = \"worker\""));
        List<Diagnostic<? extends JavaFileObject>> mistakes = compile(project);
        assertEquals(1, mistakes.size(), mistakes::toString);
        Diagnostic<? extends JavaFileObject> mistake = mistakes.get(0);
        assertShown("[ERROR] .../src/main/java/com/example/work/Work.java:[" + mistake.getLineNumber() + ","
                + mistake.getColumnNumber() + "] " + mistake.getMessage(Locale.ROOT));
    }

    /** Among the tests of a new project is one with many seeds; here one of them does. */
    @Test
    void aSeedOfANewProjectPasses() throws IOException, ReflectiveOperationException {
        Path project = project();
        Path classes = Files.createDirectories(directory.resolve("classes"));
        List<Path> sources = new ArrayList<>();
        for (String root : List.of("src/main/java", "src/test/java")) {
            try (Stream<Path> files = Files.walk(project.resolve(root))) {
                files.filter(Files::isRegularFile).forEach(sources::add);
            }
        }
        assertEquals("", PageCompiler.compile(sources, classes));
        Path service = Path.of("META-INF/services/dev.foresail.predictor.scenario.Scenario");
        Path named = classes.resolve(service);
        Files.createDirectories(named.resolveSibling("."));
        Files.copy(project.resolve("src/main/resources").resolve(service), named);
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                                    .configurationParameter("foresail.seed", "7")
                                    .selectors(selectMethod(
                                            loader.loadClass("com.example.work.WorkTest"),
                                            "noSeedBreaksAProperty",
                                            "dev.foresail.predictor.simulate.Simulation"))
                                    .build(),
                            summary);
        }
        assertEquals(
                List.of(),
                summary.getSummary().getFailures().stream()
                        .map(failure -> failure.getException().toString())
                        .toList());
        assertEquals(1, summary.getSummary().getTestsSucceededCount());
    }

    private Path project() {
        Path project = directory.resolve("work");
        new StarterProject("work", StarterProject.defaultPackage("work"), "1").write(project);
        return project;
    }

    private static Path source(Path project) {
        return project.resolve("src/main/java/com/example/work/Work.java");
    }

    /** Compiles the protocol into the directory. */
    private List<Diagnostic<? extends JavaFileObject>> compile(Path project) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        List<String> options = List.of(
                "--release",
                "17",
                "-d",
                directory.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-processor",
                "dev.foresail.choice.processor.ForesailProcessor");
        try (StandardJavaFileManager files = compiler.getStandardFileManager(said, null, null)) {
            compiler.getTask(null, files, said, options, null, files.getJavaFileObjects(source(project)))
                    .call();
        }
        return said.getDiagnostics();
    }
}
