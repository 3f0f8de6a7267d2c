package dev.foresail.eval.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What neither the compiler nor a linter sees. Each test lists everything that is wrong, not just the first. */
final class TidyTest {
    private static final int LONGEST_FILE_LINES = 600;
    private static final Pattern DIAGNOSTIC = Pattern.compile("\\bFS\\d{3}\\b");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.}~*/-])(/(root|home|Users|work)/\\w|[A-Z]:\\\\Users\\\\)");

    private final ProjectFiles files = new ProjectFiles();

    @Test
    void theProjectIsFound() {
        assertTrue(Files.isRegularFile(files.root().resolve("pom.xml")), () -> "not the project: " + files.root());
        assertTrue(files.all(file -> file.endsWith("TidyTest.java")).size() == 1, "this very file is not found");
    }

    @Test
    void everyMarkdownFileHasOneTopHeading() {
        List<String> wrong = new ArrayList<>();
        for (Path file : files.markdown()) {
            long headings = new MarkdownPage(file).topHeadings();
            if (headings != 1) {
                wrong.add(files.relative(file) + " has " + headings + " lines that begin with '# '");
            }
        }
        assertNone(wrong);
    }

    @Test
    void noRelativeLinkIsDead() {
        List<String> dead = new ArrayList<>();
        for (Path file : files.markdown()) {
            new MarkdownPage(file).deadLinks().forEach(target -> dead.add(files.relative(file) + " -> " + target));
        }
        assertNone(dead);
    }

    @Test
    void everyDiagnosticHasAPageAndATest() {
        SortedSet<String> tested = diagnosticsIn(files.tests());
        List<String> missing = new ArrayList<>();
        for (String code : diagnosticsIn(files.mainJava())) {
            if (!Files.isRegularFile(pages().resolve(code + ".md"))) {
                missing.add(code + " has no page docs/errors/" + code + ".md");
            }
            if (!tested.contains(code)) {
                missing.add(code + " is mentioned in no test");
            }
        }
        assertNone(missing);
    }

    @Test
    void everyPageOfADiagnosticIsStillNeeded() {
        SortedSet<String> used = diagnosticsIn(files.mainJava());
        List<String> stale = new ArrayList<>();
        for (Path page : files.all(file -> pages().equals(file.getParent()))) {
            String name = page.getFileName().toString().replace(".md", "");
            if (DIAGNOSTIC.matcher(name).matches() && !used.contains(name)) {
                stale.add(files.relative(page) + " describes a diagnostic that no source gives");
            }
        }
        assertNone(stale);
    }

    @Test
    void noMainFileIsTooLong() {
        List<String> wrong = new ArrayList<>();
        for (Path file : files.all(file -> files.relative(file).contains("/src/main/"))) {
            long lines = ProjectFiles.read(file).lines().count();
            if (lines > LONGEST_FILE_LINES) {
                wrong.add(files.relative(file) + " has " + lines + " lines: split it");
            }
        }
        assertNone(wrong);
    }

    @Test
    void noFileNamesAPathOfOneMachine() {
        List<String> wrong = new ArrayList<>();
        for (Path file : files.all(file -> true)) {
            Matcher matcher = MACHINE_PATH.matcher(ProjectFiles.read(file));
            if (matcher.find()) {
                wrong.add(files.relative(file) + " contains " + matcher.group());
            }
        }
        assertNone(wrong);
    }

    private Path pages() {
        return files.root().resolve("docs").resolve("errors");
    }

    private static SortedSet<String> diagnosticsIn(List<Path> sources) {
        SortedSet<String> codes = new TreeSet<>();
        for (Path source : sources) {
            DIAGNOSTIC.matcher(ProjectFiles.read(source)).results().forEach(match -> codes.add(match.group()));
        }
        return codes;
    }

    private static void assertNone(List<String> wrong) {
        assertEquals(List.of(), wrong, () -> String.join(System.lineSeparator(), wrong));
    }
}
