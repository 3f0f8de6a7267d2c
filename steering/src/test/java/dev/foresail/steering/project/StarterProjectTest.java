package dev.foresail.steering.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.config.ConfigurationException;
import dev.foresail.steering.config.ConfigurationReader;
import dev.foresail.steering.config.NodeConfiguration;
import dev.foresail.steering.config.Protocols;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StarterProjectTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void nothingIsLeftToFillIn() {
        StarterProject project = new StarterProject("work-dispatch", "com.example.work", "1.2.3");
        project.files().forEach((path, text) -> assertFalse(text.contains("{{"), path));
        assertTrue(project.files().containsKey("src/main/java/com/example/work/WorkDispatch.java"));
        assertTrue(project.files().get("pom.xml").contains("<foresail.version>1.2.3</foresail.version>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Work", "1work", "work_dispatch", "", "-", "work-", "../work", "a.b", "päckchen"})
    void aNameThatCannotBeUsedIsRefused(String name) {
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> new StarterProject(name, "com.example", "1"));
        assertEquals("FS227", refused.problems().get(0).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.example.new", "com..example", "1a", ""})
    void aPackageThatCannotBeUsedIsRefused(String packageName) {
        assertThrows(ConfigurationException.class, () -> new StarterProject("work", packageName, "1"));
    }

    /** Each has a package of its own, so that one run of the compiler does for all. */
    @Test
    void awkwardNamesStillGiveProjectsThatCompile() throws IOException {
        List<Path> sources = new ArrayList<>();
        List<Path> tests = new ArrayList<>();
        for (String name : List.of("new", "node", "job", "class", "list", "state-writer", "work-2")) {
            Path project = directory.resolve(name);
            new StarterProject(name, StarterProject.defaultPackage(name), "1").write(project);
            sources.addAll(sources(project.resolve("src/main/java")));
            tests.addAll(sources(project.resolve("src/test/java")));
        }
        assertEquals(7, tests.size());
        Path classes = Files.createDirectories(directory.resolve("classes"));
        assertEquals("", compile(classes, sources, List.of()));
        assertEquals("", compile(Files.createDirectories(directory.resolve("test-classes")), tests, List.of(classes)));
    }

    @Test
    void anExistingDirectoryIsRefused() {
        Run run = foresail("new", "work", "--directory", directory.toString());
        assertEquals(ExitCode.USAGE, run.code());
        assertTrue(run.err().contains("[FS228] "), run::err);
        assertTrue(run.err().contains("exists already"), run::err);
    }

    @Test
    void theProjectCompilesAndPredictionSpreadsTheWork() throws IOException {
        Path project = directory.resolve("work-dispatch");
        Run written = foresail("new", "work-dispatch", "--directory", project.toString());
        assertEquals(ExitCode.DONE, written.code(), written::err);
        assertTrue(written.out().contains("mvn -q -Dforesail.quick install"), written::out);
        assertEquals("", compile(project));

        double predicted = meanBacklog(project);
        double random = meanBacklog(project, "--resolver", "random");
        assertTrue(predicted < 0.9 * random, () -> predicted + " ms predicted, " + random + " ms at random");
    }

    private static double meanBacklog(Path project, String... options) {
        List<String> arguments = new ArrayList<>(List.of("simulate", "work-dispatch", "--nodes", "6", "--classpath"));
        arguments.add(project.resolve("target/classes").toString());
        arguments.addAll(List.of(options));
        Run run = foresail(arguments.toArray(String[]::new));
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        return run.out()
                .lines()
                .filter(line -> line.startsWith("longestBacklogMillisMean"))
                .mapToDouble(line -> Double.parseDouble(line.split(" +", -1)[1]))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theDeploymentsConfigurationsAreGood() throws IOException {
        Path project = directory.resolve("work");
        new StarterProject("work", "com.example.work", "1").write(project);
        assertEquals("", compile(project));
        URL classes = project.resolve("target/classes").toUri().toURL();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes}, getClass().getClassLoader())) {
            ConfigurationReader reader = new ConfigurationReader(Protocols.of(loader));
            NodeConfiguration front = reader.readNode(project.resolve("deploy/front.yaml"));
            for (long worker = 2; worker <= 3; worker++) {
                NodeConfiguration read = reader.readNode(project.resolve("deploy/worker" + worker + ".yaml"));
                assertEquals(NodeId.of(worker), read.self());
                assertEquals(front.peers().get(read.self()), read.listen());
                assertEquals(read.peers().get(front.self()), front.listen());
            }
        }
    }

    private record Run(int code, String out, String err) {}

    private static Run foresail(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Foresail.execute(List.of(arguments), new PrintWriter(out, true), new PrintWriter(err, true));
        return new Run(code, out.toString(), err.toString());
    }

    /** Compiles main and test sources with the annotation processor, as the project's pom does; what the compiler said. */
    private static String compile(Path project) throws IOException {
        Path classes = Files.createDirectories(project.resolve("target/classes"));
        String said = compile(classes, sources(project.resolve("src/main/java")), List.of());
        Path resources = project.resolve("src/main/resources");
        for (Path resource : files(resources)) {
            Path to = classes.resolve(resources.relativize(resource).toString());
            Files.createDirectories(to.resolveSibling("."));
            Files.copy(resource, to);
        }
        Path tests = Files.createDirectories(project.resolve("target/test-classes"));
        return said + compile(tests, sources(project.resolve("src/test/java")), List.of(classes));
    }

    private static String compile(Path into, List<Path> sources, List<Path> classPath) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
        classPath.forEach(
                entry -> path.append(System.getProperty("path.separator")).append(entry));
        List<String> options = List.of(
                "--release",
                "17",
                "-Xlint:all,-processing,-classfile,-path",
                "-d",
                into.toString(),
                "-cp",
                path.toString(),
                "-processor",
                "dev.foresail.choice.processor.ForesailProcessor");
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            compiler.getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        return said.toString();
    }

    private static List<Path> sources(Path root) throws IOException {
        return files(root).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
