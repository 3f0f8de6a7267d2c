package dev.foresail.eval.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of the diagnostics, their index and the sources say the same. */
final class ErrorPagesTest {
    private static final Path ROOT = CodeBlocks.projectRoot();
    private static final Path PAGES = ROOT.resolve("docs/errors");
    private static final String COMPILE_TIME = "## At compile time";
    private static final String RUN_TIME = "## At run time";
    private static final String DEPLOYMENT = "## Command line, configuration and deployment";
    private static final Pattern IN_QUOTES = Pattern.compile("\"(FS\\d{3})\"");
    private static final Pattern THROWN = Pattern.compile("new ProtocolException\\(\\s*\"(FS\\d{3})\"");

    @Test
    void theIndexListsEveryPageByItsTitle() throws IOException {
        List<String> listed = new ArrayList<>();
        for (List<String> rows : index().values()) {
            assertEquals(rows.stream().sorted().toList(), rows, "in the order of the codes");
            listed.addAll(rows);
        }
        assertEquals(
                pages().stream().map(ErrorPagesTest::row).toList(),
                listed.stream().sorted().toList());
    }

    /** What the annotation processor reports, and what a handler or an engine throws at a protocol's author, is known from the sources. */
    @Test
    void everyCodeStandsUnderItsOwnHeading() throws IOException {
        Map<String, List<String>> index = index();
        assertEquals(
                List.of(COMPILE_TIME, RUN_TIME, DEPLOYMENT).stream().sorted().toList(), List.copyOf(index.keySet()));
        SortedSet<String> reported =
                codes(IN_QUOTES, List.of(ROOT.resolve("choice-api/src/main/java/dev/foresail/choice/processor")));
        assertTrue(reported.size() > 20, reported::toString);
        assertEquals(reported, under(index, COMPILE_TIME));
        SortedSet<String> thrown = codes(THROWN, sources());
        assertTrue(thrown.size() > 10, thrown::toString);
        thrown.removeAll(under(index, RUN_TIME));
        assertEquals(new TreeSet<String>(), thrown, "these are met at run time");
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

    /** The rows of the index by the headings above them. */
    private static SortedMap<String, List<String>> index() throws IOException {
        SortedMap<String, List<String>> rows = new TreeMap<>();
        String heading = "";
        for (String line : Files.readAllLines(PAGES.resolve("README.md"))) {
            if (line.startsWith("## ")) {
                heading = line;
            } else if (line.startsWith("| [FS")) {
                rows.computeIfAbsent(heading, first -> new ArrayList<>()).add(line);
            }
        }
        return rows;
    }

    private static SortedSet<String> under(Map<String, List<String>> index, String heading) {
        SortedSet<String> codes = new TreeSet<>();
        index.get(heading).forEach(row -> codes.add(row.substring("| [".length(), row.indexOf(']'))));
        return codes;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList();
        }
    }

    private static SortedSet<String> codes(Pattern pattern, List<Path> folders) throws IOException {
        SortedSet<String> codes = new TreeSet<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    Matcher matcher = pattern.matcher(Files.readString(file));
                    while (matcher.find()) {
                        codes.add(matcher.group(1));
                    }
                }
            }
        }
        return codes;
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
            String first = Files.readAllLines(page).get(0);
            assertTrue(first.startsWith("# " + code + ": "), () -> page.getFileName() + " begins with " + first);
            return first.substring(("# " + code + ": ").length());
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
