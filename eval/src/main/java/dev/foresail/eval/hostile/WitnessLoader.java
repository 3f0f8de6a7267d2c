package dev.foresail.eval.hostile;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Loads the class path's classes once more and remembers which were asked for, so that whatever a decoder in it touches is
 * known. Thread-safe.
 */
final class WitnessLoader extends URLClassLoader {
    private static final List<String> OF_THE_DECODERS = List.of(
            "java.lang.",
            "java.util.",
            "java.math.",
            "java.nio.charset.",
            "com.esotericsoftware.",
            "com.fasterxml.jackson.core.",
            "dev.foresail.");

    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    WitnessLoader() throws MalformedURLException {
        super(classPath(), ClassLoader.getPlatformClassLoader());
    }

    private static URL[] classPath() throws MalformedURLException {
        String[] entries = System.getProperty("java.class.path", "").split(File.pathSeparator, -1);
        URL[] urls = new URL[entries.length];
        for (int index = 0; index < entries.length; index++) {
            urls[index] = Path.of(entries[index]).toUri().toURL();
        }
        return urls;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        asked.add(name);
        return super.loadClass(name, resolve);
    }

    /** From now on counts anew. */
    void forget() {
        asked.clear();
    }

    /** What was asked for and is neither of the decoders nor of what they are built on; the bait in any case. */
    SortedSet<String> unregistered() {
        SortedSet<String> names = new TreeSet<>();
        for (String name : asked) {
            if (Mutator.BAIT.contains(name) || OF_THE_DECODERS.stream().noneMatch(name::startsWith)) {
                names.add(name);
            }
        }
        return Collections.unmodifiableSortedSet(names);
    }

    @Override
    public String toString() {
        return "WitnessLoader" + Arrays.toString(getURLs());
    }
}
