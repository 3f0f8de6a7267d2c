package dev.foresail.steering.project;

import dev.foresail.steering.config.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.lang.model.SourceVersion;

/** A Maven project with a protocol, a scenario, a test and configurations, made from templates. Immutable. */
public final class StarterProject {
    private static final String NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
    private static final int LONGEST_NAME = 40;

    /** Nested types of the template. */
    private static final List<String> OWN_NAMES = List.of("Job", "Ready", "Request", "Measurement", "Test");

    /** Whose classes the template and the generated machine import. */
    private static final List<String> PACKAGES = List.of(
            "java.lang",
            "java.util",
            "java.time",
            "java.util.stream",
            "dev.foresail.choice",
            "dev.foresail.choice.embedded",
            "dev.foresail.choice.machine",
            "dev.foresail.network.topology",
            "dev.foresail.predictor.junit",
            "dev.foresail.predictor.node",
            "dev.foresail.predictor.objective",
            "dev.foresail.predictor.resolve",
            "dev.foresail.predictor.scenario",
            "dev.foresail.predictor.simulate");

    private final String name;
    private final String packageName;
    private final String version;

    /**
     * @param name of project and protocol: lower-case letters, digits and hyphens
     * @param packageName of its classes
     * @param version of Foresail
     * @throws ConfigurationException FS227 when name or package cannot be used
     */
    public StarterProject(String name, String packageName, String version) {
        if (!name.matches(NAME) || name.length() > LONGEST_NAME) {
            throw new ConfigurationException(
                    "FS227",
                    "'" + name
                            + "' cannot name a project; use lower-case letters, digits and hyphens, a letter first, at"
                            + " most " + LONGEST_NAME + ", such as work-dispatch");
        }
        if (!SourceVersion.isName(packageName, SourceVersion.RELEASE_17)) {
            throw new ConfigurationException(
                    "FS227",
                    "'" + packageName + "' is no name of a package; give one with --package, such as com.example");
        }
        this.name = name;
        this.packageName = packageName;
        this.version = version;
    }

    /** The package that a project of this name has by default. */
    public static String defaultPackage(String name) {
        String last = name.replaceAll("[^a-z0-9]", "");
        return "com.example." + (SourceVersion.isName(last) ? last : "p" + last);
    }

    /** The name of the protocol's class. */
    public String className() {
        StringBuilder className = new StringBuilder();
        for (String part : name.split("-", -1)) {
            className.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
        }
        String simple = className.toString();
        return isTaken(simple) ? simple + "Protocol" : simple;
    }

    /** Whether the name means something else already in the project's sources or in what is generated for them. */
    private static boolean isTaken(String simpleName) {
        return OWN_NAMES.contains(simpleName)
                || PACKAGES.stream().anyMatch(imported -> isClass(imported + "." + simpleName));
    }

    private static boolean isClass(String className) {
        String file = className.replace('.', '/') + ".class";
        return ClassLoader.getSystemResource(file) != null
                || StarterProject.class.getClassLoader().getResource(file) != null;
    }

    /** Every file's path with its text. */
    public Map<String, String> files() {
        String path = packageName.replace('.', '/');
        String main = "src/main/java/" + path + "/" + className();
        Map<String, String> files = new LinkedHashMap<>();
        files.put("pom.xml", filled("pom.xml"));
        files.put("README.md", filled("README.md"));
        files.put(".gitignore", filled("gitignore"));
        files.put(main + ".java", filled("Protocol.java"));
        files.put(main + "Scenario.java", filled("Scenario.java"));
        files.put("src/test/java/" + path + "/" + className() + "Test.java", filled("ProtocolTest.java"));
        files.put("src/main/resources/META-INF/foresail/" + name + ".yaml", filled("default.yaml"));
        files.put(
                "src/main/resources/META-INF/services/dev.foresail.predictor.scenario.Scenario",
                packageName + "." + className() + "Scenario\n");
        files.put("deploy/front.yaml", filled("front.yaml"));
        files.put("deploy/worker2.yaml", filled("worker.yaml").replace("{{number}}", "2"));
        files.put("deploy/worker3.yaml", filled("worker.yaml").replace("{{number}}", "3"));
        return files;
    }

    private String filled(String template) {
        return read(template)
                .replace("{{name}}", name)
                .replace("{{Class}}", className())
                .replace("{{package}}", packageName)
                .replace("{{path}}", packageName.replace('.', '/'))
                .replace("{{version}}", version);
    }

    private static String read(String template) {
        try (InputStream in = StarterProject.class.getResourceAsStream("template/" + template)) {
            if (in == null) {
                throw new IllegalStateException("the template " + template + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /**
     * Writes the project into a new directory.
     *
     * @return the files, relative to it
     * @throws ConfigurationException FS228 when the directory exists or cannot be written
     */
    public List<Path> write(Path directory) {
        try {
            Path parent = directory.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(directory);
            List<Path> written = new ArrayList<>();
            for (Map.Entry<String, String> file : files().entrySet()) {
                Path path = directory.resolve(file.getKey());
                Files.createDirectories(path.resolveSibling("."));
                Files.writeString(path, file.getValue());
                written.add(directory.relativize(path));
            }
            return written;
        } catch (FileAlreadyExistsException exists) {
            throw new ConfigurationException(
                    "FS228", exists.getMessage() + " exists already; give another place with --directory");
        } catch (IOException failure) {
            throw new ConfigurationException("FS228", "cannot write " + directory + ": " + failure.getMessage());
        }
    }
}
