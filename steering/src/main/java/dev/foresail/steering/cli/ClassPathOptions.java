package dev.foresail.steering.cli;

import dev.foresail.predictor.guardrail.OwnCode;
import dev.foresail.steering.config.ConfigurationException;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --classpath}: where a user's own protocols, scenarios and experiments are. A verb mixes it in. */
public final class ClassPathOptions {
    /** All but what Foresail brings along. */
    static final OwnCode OWN_CODE = OwnCode.besides(List.of(
            "com.esotericsoftware.",
            "com.typesafe.",
            "io.netty.",
            "org.apache.pekko.",
            "org.objectweb.asm.",
            "org.objenesis.",
            "org.slf4j.",
            "picocli.",
            "scala."));

    @Option(
            names = {"--classpath", "--class-path", "-cp"},
            paramLabel = "JAR_OR_DIR[:...]",
            description = "jars and directories with your own protocols and scenarios")
    private String classPath = "";

    /**
     * Loads from the given class path, after Foresail's own. It stays open as long as the process lives.
     *
     * @throws ConfigurationException FS223 when an entry does not exist
     */
    public ClassLoader loader() {
        ClassLoader parent = Thread.currentThread().getContextClassLoader();
        if (classPath.isBlank()) {
            return parent;
        }
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            if (!entry.isBlank()) {
                urls.add(url(entry));
            }
        }
        ClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), parent);
        Thread.currentThread().setContextClassLoader(loader);
        return loader;
    }

    /** The option as arguments of another command; none when it was not given. */
    List<String> asArguments() {
        return classPath.isBlank() ? List.of() : List.of("--classpath", classPath);
    }

    /** The option as it was given, to be repeated in another command; empty when it was not. */
    String asGiven() {
        return classPath.isBlank() ? "" : " --classpath " + Quoted.forShell(classPath);
    }

    private static URL url(String entry) {
        try {
            Path path = Path.of(entry);
            if (!Files.exists(path)) {
                throw new ConfigurationException(
                        "FS223",
                        "--classpath: there is no " + path.toAbsolutePath() + "; build it first (mvn package)");
            }
            return path.toUri().toURL();
        } catch (MalformedURLException | IllegalArgumentException wrong) {
            throw new ConfigurationException("FS223", "--classpath: '" + entry + "' is no path");
        }
    }
}
