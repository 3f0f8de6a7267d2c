package dev.foresail.eval.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of the diagnostics and their index say the same. */
final class ErrorPagesTest {
    private static final Path PAGES = CodeBlocks.projectRoot().resolve("docs/errors");

    @Test
    void theIndexListsEveryPageByItsTitle() throws IOException {
        List<String> index = Files.readAllLines(PAGES.resolve("README.md")).stream()
                .filter(line -> line.startsWith("| [FS"))
                .toList();
        assertEquals(pages().stream().map(ErrorPagesTest::row).toList(), index);
    }

    @Test
    void everyPageSaysMoreThanItsTitle() throws IOException {
        for (Path page : pages()) {
            long lines = Files.readAllLines(page).stream()
                    .filter(line -> !line.isBlank())
                    .count();
            assertTrue(lines >= 5, () -> page.getFileName() + " has only " + lines + " lines");
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files.filter(file -> file.getFileName().toString().matches("FS\\d{3}\\.md"))
                    .sorted()
                    .toList();
        }
    }

    private static String row(Path page) {
        String code = page.getFileName().toString().replace(".md", "");
        return "| [" + code + "](" + code + ".md) | " + title(page, code) + " |";
    }

    private static String title(Path page, String code) {
        try {
            return Files.readAllLines(page).get(0).replace("# " + code + ": ", "");
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
