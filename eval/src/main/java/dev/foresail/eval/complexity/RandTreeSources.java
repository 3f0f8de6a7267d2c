package dev.foresail.eval.complexity;

import dev.foresail.randtree.RandTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sources of the three forms of RandTree: the files of the project around the working directory, so that an author
 * who edits them sees the effect at once; in an installed distribution, the copies in the jar.
 */
public final class RandTreeSources {
    /** The choice exposed, hard-coded, hard-coded and adaptive. */
    public static final List<String> NAMES = List.of("RandTree.java", "BaselineRandTree.java", "AdaptiveRandTree.java");

    private static final String PROJECT = "<artifactId>foresail</artifactId>";
    private static final String PACKAGE = "randtree-demo/src/main/java/dev/foresail/randtree";

    private RandTreeSources() {}

    /**
     * Measures the three, in the order of {@link #NAMES}.
     *
     * @param start the directory from which the project is looked for, upwards
     * @throws UncheckedIOException when a source can't be read
     */
    public static ComplexityReport measure(Path start) {
        Optional<Path> directory = projectRoot(start).map(root -> root.resolve(PACKAGE));
        if (directory.isPresent()) {
            Path sources = directory.get();
            return SourceComplexity.measure(NAMES.stream().map(sources::resolve).toList());
        }
        return measureCopies();
    }

    /** Measures the copies in the jar. */
    static ComplexityReport measureCopies() {
        List<SourceFigures> figures = new ArrayList<>();
        for (String name : NAMES) {
            figures.add(SourceComplexity.measure(name, copy(name)));
        }
        return new ComplexityReport(figures);
    }

    /** The nearest directory from {@code start} upwards that holds the project's pom.xml and the sources. */
    static Optional<Path> projectRoot(Path start) {
        for (Path at = start.toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve(PACKAGE)) && isProject(at.resolve("pom.xml"))) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private static boolean isProject(Path pom) {
        try {
            return Files.isRegularFile(pom) && Files.readString(pom).contains(PROJECT);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + pom, unreadable);
        }
    }

    private static String copy(String name) {
        try (InputStream in = RandTree.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("randtree-demo's jar holds no copy of it");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException("cannot read the source " + name, missing);
        }
    }
}
