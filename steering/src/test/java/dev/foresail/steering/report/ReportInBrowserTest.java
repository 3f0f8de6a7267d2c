package dev.foresail.steering.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a browser understands it: headless Chromium, where there is one; skipped elsewhere. */
final class ReportInBrowserTest {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void chromiumShowsEveryExperimentAndRunsNothing() throws Exception {
        Optional<Path> browser = browser();
        assumeTrue(browser.isPresent(), "no Chromium on the path");
        Path page = directory.resolve("report.html");
        Files.writeString(
                page,
                ReportPageTest.page(
                                ReportPageTest.of(
                                        "tree",
                                        ResultReader.read(ResultReaderTest.TREE, "a test")
                                                .get(0)
                                                .results()),
                                Measurement.failed("<script>document.title='run'</script>", "a test", "it broke"))
                        .html());
        String dom = dom(browser.get(), page);
        assertTrue(dom.contains("<title>Foresail: what the experiments say</title>"), dom);
        assertEquals(2, dom.split("<section class=\"experiment\"", -1).length - 1, dom);
        assertEquals(2, dom.split("<circle", -1).length - 1, "a dot for each number of the list");
        assertTrue(dom.contains("class=\"threshold\""), dom);
        assertFalse(dom.contains("<script"), dom);
    }

    private static Optional<Path> browser() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The document as the browser has it after it has read the page. */
    private String dom(Path browser, Path page) throws IOException, InterruptedException {
        Path dom = directory.resolve("dom.html");
        Process process = new ProcessBuilder(
                        browser.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--user-data-dir=" + directory.resolve("profile"),
                        "--dump-dom",
                        page.toUri().toString())
                .redirectOutput(dom.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the browser did not end");
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(dom);
    }
}
