package dev.foresail.predictor.determinism;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The class files that a class loader finds, each read once. Not thread-safe. */
final class ClassFiles {
    private final ClassLoader loader;
    private final SortedMap<String, Optional<ClassFile>> read = new TreeMap<>();
    private final SortedSet<String> unreadable = new TreeSet<>();

    ClassFiles(ClassLoader loader) {
        this.loader = loader;
    }

    /** Empty when there is none or it cannot be read. */
    Optional<ClassFile> find(String name) {
        return read.computeIfAbsent(name, this::load);
    }

    /** The names that were asked for in vain. */
    SortedSet<String> unreadable() {
        return unreadable;
    }

    private Optional<ClassFile> load(String name) {
        try (InputStream file = loader.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file != null) {
                return Optional.of(ClassFileReader.read(file.readAllBytes()));
            }
        } catch (IOException | IllegalArgumentException cannotBeRead) {
            unreadable.add(name + " (" + cannotBeRead.getMessage() + ")");
            return Optional.empty();
        }
        unreadable.add(name);
        return Optional.empty();
    }
}
