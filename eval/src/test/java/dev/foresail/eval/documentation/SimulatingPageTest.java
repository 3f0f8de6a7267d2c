package dev.foresail.eval.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.fault.FaultKind;
import dev.foresail.steering.cli.Foresail;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** What docs/simulating.md types is typed, in its order, and what it shows is what comes back. */
final class SimulatingPageTest {
    private static final Path PAGE = CodeBlocks.projectRoot().resolve("docs/simulating.md");
    private static final Pattern CLASS_NAME = Pattern.compile("(?m)^public final class (\\w+)");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    private static Path classes = Path.of("");
    private static Path mended = Path.of("");

    @TempDir
    private Path traces = Path.of("");

    @BeforeAll
    static void compileThePage(@TempDir Path directory) throws IOException {
        classes = compile(directory, "classes", "");
        mended = compile(directory, "mended", "@Durable ");
    }

    private static Path compile(Path directory, String name, String mark) throws IOException {
        Path output = directory.resolve(name);
        Path sources = Files.createDirectories(directory.resolve(name + "-sources"));
        List<Path> files = new ArrayList<>();
        for (String block : CodeBlocks.of(PAGE, "java")) {
            Matcher type = CLASS_NAME.matcher(block);
            assertTrue(type.find(), block);
            files.add(Files.writeString(
                    sources.resolve(type.group(1) + ".java"), block.replace("int next = 1;", mark + "int next = 1;")));
        }
        Path services = Files.createDirectories(output.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(Scenario.class.getName()),
                "com.example.seats.SeatsScenario\ncom.example.seats.HeldTicketScenario\ncom.example.seats.OfficesScenario\n");
        assertEquals("", PageCompiler.compile(files, output));
        return output;
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
            shown.append(block);
            printed.append(command).append('\n').append(outputOf(command, before-- > 0 ? classes : mended));
        }
        assertEquals(shown.toString(), printed.toString());
    }

    private String outputOf(String command, Path output) {
        List<String> arguments = new ArrayList<>();
        Matcher word = WORD.matcher(command.substring("$ foresail ".length()));
        while (word.find()) {
            arguments.add((word.group(1) == null ? word.group(2) : word.group(1))
                    .replace("target/classes", output.toString())
                    .replace("foresail-traces", traces.toString()));
        }
        if (arguments.contains("simulate")) {
            arguments.addAll(List.of("--trace-dir", traces.toString()));
        }
        StringWriter said = new StringWriter();
        PrintWriter both = new PrintWriter(said, true);
        Foresail.execute(arguments, both, both);
        return said.toString()
                .replace(" --trace-dir " + traces, "")
                .replace(traces.toString(), "foresail-traces")
                .replace(output.toString(), "target/classes");
    }

    @Test
    void theTestThatItShowsFindsTheMistakeUntilItIsMended() throws Exception {
        TestExecutionSummary found = runTestOf(classes);
        assertEquals(
                20,
                found.getTestsStartedCount(),
                () -> found.getFailures().stream()
                        .map(failure -> failure.getException().toString())
                        .toList()
                        .toString());
        assertEquals(6, found.getTestsFailedCount(), "as the page says");
        assertTrue(found.getFailures().get(0).getException().getMessage().contains("seatsAreSoldOnce is violated at"));
        TestExecutionSummary afterwards = runTestOf(mended);
        assertEquals(
                20,
                afterwards.getTestsSucceededCount(),
                () -> afterwards.getFailures().get(0).getException().getMessage());
    }

    private static TestExecutionSummary runTestOf(Path output) throws IOException, ReflectiveOperationException {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {output.toUri().toURL()}, SimulatingPageTest.class.getClassLoader())) {
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                                    .selectors(selectClass(loader.loadClass("com.example.seats.SeatsTest")))
                                    .build(),
                            summary);
        }
        return summary.getSummary();
    }

    @Test
    void everyFaultIsThere() throws IOException {
        String page = Files.readString(PAGE);
        for (FaultKind fault : FaultKind.values()) {
            assertTrue(page.contains("\n| `" + fault.label() + "` |"), fault.label());
        }
    }
}
