package dev.foresail.eval.architecture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a Markdown file as tidiness needs: its lines outside of code. */
final class MarkdownPage {
    private static final Pattern LINK = Pattern.compile("\\]\\(<?([^)\\s>]+)>?(?:\\s+\"[^\"]*\")?\\)");
    private static final Pattern REFERENCE = Pattern.compile("^\\[[^\\]]+\\]:\\s+<?(\\S+?)>?(\\s.*)?$");
    private static final Pattern ELSEWHERE = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*:|#|/)");
    private static final Pattern INLINE_CODE = Pattern.compile("`[^`]*`");

    private final Path file;
    private final List<String> prose = new ArrayList<>();

    MarkdownPage(Path file) {
        this.file = file;
        boolean code = false;
        for (String line : ProjectFiles.read(file).lines().toList()) {
            String start = line.stripLeading();
            if (start.startsWith("```") || start.startsWith("~~~")) {
                code = !code;
            } else if (!code) {
                prose.add(line);
            }
        }
    }

    long topHeadings() {
        return prose.stream().filter(line -> line.startsWith("# ")).count();
    }

    /** Relative links whose target does not exist. */
    List<String> deadLinks() {
        List<String> dead = new ArrayList<>();
        for (String line : prose) {
            String text = INLINE_CODE.matcher(line).replaceAll("code");
            addDead(LINK.matcher(text), dead);
            addDead(REFERENCE.matcher(text), dead);
        }
        return dead;
    }

    private void addDead(Matcher matcher, List<String> dead) {
        while (matcher.find()) {
            String target = matcher.group(1);
            if (!ELSEWHERE.matcher(target).find() && !exists(target)) {
                dead.add(target);
            }
        }
    }

    private boolean exists(String target) {
        int fragment = target.indexOf('#');
        String path = fragment < 0 ? target : target.substring(0, fragment);
        return Files.exists(file.resolveSibling(path.replace("%20", " ")).normalize());
    }
}
