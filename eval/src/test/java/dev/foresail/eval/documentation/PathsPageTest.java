package dev.foresail.eval.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.Foresail;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/paths.md types is typed, in its order, and what it shows is what comes back. */
final class PathsPageTest {
    private static final Path PAGE = CodeBlocks.projectRoot().resolve("docs/paths.md");
    private static final String PROMPT = "$ foresail ";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void everyCommandPrintsWhatThePageShows() throws IOException {
        Files.writeString(
                directory.resolve("lookups.yaml"), CodeBlocks.of(PAGE, "yaml").get(0));
        StringBuilder shown = new StringBuilder();
        StringBuilder printed = new StringBuilder();
        for (String block : CodeBlocks.of(PAGE, "console")) {
            String command = block.lines().findFirst().orElseThrow();
            shown.append(block);
            printed.append(command).append('\n').append(outputOf(command));
        }
        assertEquals(shown.toString(), printed.toString());
        assertTrue(Files.readString(directory.resolve("traces.json")).startsWith("{\"resourceSpans\":[{\"resource\":"));
    }

    private String outputOf(String command) {
        List<String> arguments = List.of(command.substring(PROMPT.length())
                .replace("lookups.yaml", directory.resolve("lookups.yaml").toString())
                .replace("run.jsonl", directory.resolve("run.jsonl").toString())
                .replace("traces.json", directory.resolve("traces.json").toString())
                .split(" "));
        StringWriter said = new StringWriter();
        PrintWriter both = new PrintWriter(said, true);
        Foresail.execute(arguments, both, both);
        return said.toString().replace(directory + "/", "");
    }
}
