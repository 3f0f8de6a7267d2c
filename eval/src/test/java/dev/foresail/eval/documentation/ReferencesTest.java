package dev.foresail.eval.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What pages and docstrings refer to is there, and tables are whole. */
final class ReferencesTest {
    private static final Path ROOT = CodeBlocks.projectRoot();

    /** A page and a heading of it, as docstrings cite them. */
    private static final Pattern CITED = Pattern.compile("docs/([\\w-]+\\.md), \"([^\"]+)\"");

    private static final Pattern LINK_TO_HEADING = Pattern.compile("\\]\\(([\\w./-]*)#([^)\\s]+)\\)");
    private static final Pattern CALL_OF_NODE = Pattern.compile("`node\\.(?!yaml)(\\w+)");
    private static final Pattern CLASS = Pattern.compile("`(dev\\.foresail(?:\\.[a-z]+)+)(?:\\.([A-Z]\\w*))?`");

    @Test
    void headingsThatDocstringsCiteExist() throws IOException {
        List<String> missing = new ArrayList<>();
        int cited = 0;
        for (Path source : filesOf("java")) {
            String text = Files.readString(source).replaceAll("\\s*\\n\\s*\\*\\s*", " ");
            for (MatchResult citation : matches(CITED, text)) {
                cited++;
                if (!headings(ROOT.resolve("docs").resolve(citation.group(1))).contains(citation.group(2))) {
                    missing.add(source.getFileName() + ": " + citation.group());
                }
            }
        }
        assertEquals(List.of(), missing, cited + " cited");
    }

    @Test
    void headingsThatPagesLinkToExist() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult link : matches(LINK_TO_HEADING, Files.readString(page))) {
                Path target = link.group(1).isEmpty()
                        ? page
                        : page.resolveSibling(link.group(1)).normalize();
                if (!Files.isRegularFile(target)
                        || headings(target).stream().map(ReferencesTest::anchor).noneMatch(link.group(2)::equals)) {
                    missing.add(page.getFileName() + ": " + link.group());
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    /** As Markdown viewers make it: lower case, hyphens for blanks, without punctuation. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    @Test
    void whatProseCallsOfNodeExists() throws IOException {
        Set<String> methods = Arrays.stream(Node.class.getMethods())
                .map(method -> method.getName())
                .collect(Collectors.toSet());
        List<String> unknown = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult call : matches(CALL_OF_NODE, Files.readString(page))) {
                if (!methods.contains(call.group(1))) {
                    unknown.add(page.getFileName() + ": " + call.group());
                }
            }
        }
        assertEquals(List.of(), unknown);
    }

    @Test
    void packagesAndClassesThatPagesNameExist() throws IOException {
        Set<String> known = new TreeSet<>();
        for (Path source : filesOf("java")) {
            String name = source.toString().replace('/', '.').replace('\\', '.');
            int start = name.indexOf("dev.foresail.");
            if (start >= 0) {
                known.add(name.substring(start, name.length() - ".java".length()));
                known.add(name.substring(start, name.lastIndexOf('.', name.length() - ".java".length() - 1)));
            }
        }
        List<String> unknown = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult named : matches(CLASS, Files.readString(page))) {
                String name = named.group().replace("`", "");
                if (known.stream().noneMatch(name::equals)) {
                    unknown.add(page.getFileName() + ": " + name);
                }
            }
        }
        assertEquals(List.of(), unknown);
    }

    /** A row after a blank line belongs to no table and is shown as it is written. */
    @Test
    void everyRowBelongsToATable() throws IOException {
        List<String> lost = new ArrayList<>();
        for (Path page : pages()) {
            List<String> lines = Files.readAllLines(page);
            boolean inCode = false;
            for (int number = 0; number < lines.size(); number++) {
                inCode ^= lines.get(number).startsWith("```");
                boolean begins = isRow(lines, number) && !isRow(lines, number - 1);
                if (!inCode && begins && !isRule(lines, number + 1)) {
                    lost.add(page.getFileName() + ":" + (number + 1));
                }
            }
        }
        assertEquals(List.of(), lost);
    }

    private static boolean isRow(List<String> lines, int number) {
        return number >= 0 && lines.get(number).startsWith("|");
    }

    private static boolean isRule(List<String> lines, int number) {
        return number < lines.size() && lines.get(number).matches("\\|( -+:? \\|)+");
    }

    private static List<String> headings(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", "").strip())
                .toList();
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results().toList();
    }

    private static List<Path> pages() throws IOException {
        return filesOf("md");
    }

    /** The project's files of that kind, but for what is made by a build. */
    private static List<Path> filesOf(String extension) throws IOException {
        Predicate<Path> isMade = file -> ROOT.relativize(file).toString().matches("(.*/)?target/.*|\\..*");
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith("." + extension))
                    .filter(isMade.negate())
                    .sorted()
                    .toList();
        }
    }
}
