package dev.foresail.eval.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The fenced blocks of a Markdown file. */
final class CodeBlocks {
    private static final String FENCE = "```";

    private CodeBlocks() {}

    /** The texts of the blocks in {@code language}, in their order. */
    static List<String> of(Path page, String language) throws IOException {
        return of(Files.readAllLines(page), language);
    }

    /** The same of some lines. */
    static List<String> of(List<String> lines, String language) {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = new StringBuilder();
        boolean wanted = false;
        boolean inside = false;
        for (String line : lines) {
            if (line.startsWith(FENCE)) {
                if (wanted && inside) {
                    blocks.add(block.toString());
                }
                inside = !inside;
                wanted = inside && line.substring(FENCE.length()).strip().equals(language);
                block.setLength(0);
            } else if (wanted) {
                block.append(line).append('\n');
            }
        }
        return blocks;
    }

    /** The project's directory: Maven says which, an IDE starts the test somewhere inside. */
    static Path projectRoot() {
        Path candidate = Path.of(System.getProperty("foresail.root", "")).toAbsolutePath();
        while (candidate != null && !Files.isDirectory(candidate.resolve(".mvn"))) {
            candidate = candidate.getParent();
        }
        if (candidate == null) {
            throw new IllegalStateException("no directory above has .mvn");
        }
        return candidate;
    }
}
