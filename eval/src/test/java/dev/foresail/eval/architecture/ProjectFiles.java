package dev.foresail.eval.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The project's own text files, as they would be committed: nothing that was built, nothing of an editor's. */
final class ProjectFiles {
    private static final Set<String> NOT_OURS = Set.of("target", "runs", "node_modules", "build", "out");
    private static final Set<String> OUR_HIDDEN_DIRECTORIES = Set.of(".ci", ".mvn", ".github");
    private static final Set<String> TEXT = Set.of(
            "java", "md", "xml", "yaml", "yml", "properties", "config", "sh", "html", "css", "js", "txt", "json");

    private final Path root;
    private final List<Path> files = new ArrayList<>();

    ProjectFiles() {
        root = findRoot();
        collect();
    }

    Path root() {
        return root;
    }

    /** In the order of their names; paths are absolute. */
    List<Path> all(Predicate<Path> wanted) {
        return files.stream().filter(wanted).sorted().toList();
    }

    List<Path> markdown() {
        return all(file -> hasExtension(file, "md"));
    }

    List<Path> mainJava() {
        return all(file -> hasExtension(file, "java") && relative(file).contains("/src/main/"));
    }

    /** Java and resources: a diagnostic may be provoked by a file that a test compiles or loads. */
    List<Path> tests() {
        return all(file -> relative(file).contains("/src/test/"));
    }

    /** With slashes, for messages. */
    String relative(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
    }

    static boolean hasExtension(Path file, String extension) {
        return file.toString().endsWith("." + extension);
    }

    /** Maven says where the project is; an IDE starts the test somewhere inside it. */
    private static Path findRoot() {
        Path candidate = Path.of(System.getProperty("foresail.root", "")).toAbsolutePath();
        while (candidate != null && !Files.isDirectory(candidate.resolve(".mvn"))) {
            candidate = candidate.getParent();
        }
        if (candidate == null) {
            throw new IllegalStateException("the tests must run inside the project: no directory above has .mvn");
        }
        return candidate;
    }

    private void collect() {
        try {
            Files.walkFileTree(root, new Collector());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot list " + root, failure);
        }
    }

    private final class Collector extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            String name = directory.getFileName().toString();
            boolean foreign = NOT_OURS.contains(name) || name.startsWith(".") && !OUR_HIDDEN_DIRECTORIES.contains(name);
            return foreign && !directory.equals(root) && !isPackage(directory)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        /** A package may well be called "build" or "out". */
        private boolean isPackage(Path directory) {
            return relative(directory).contains("/src/");
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            String extension = name.substring(name.lastIndexOf('.') + 1);
            if (attributes.isRegularFile() && (TEXT.contains(extension) || !name.contains("."))) {
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
