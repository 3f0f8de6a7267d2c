package dev.foresail.network.topology;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Where measured matrices are, which this repository does not hold. */
public final class MeasuredData {
    private MeasuredData() {}

    /** A file of the data directory; the test is skipped when there is none. */
    public static Path file(String name) {
        Optional<Path> found =
                directory().map(directory -> directory.resolve(name)).filter(Files::isReadable);
        Assumptions.assumeTrue(found.isPresent(), "no measured data: set FORESAIL_DATA");
        return found.orElseThrow();
    }

    private static Optional<Path> directory() {
        return Stream.of(
                        System.getProperty("foresail.data", ""), System.getenv().getOrDefault("FORESAIL_DATA", ""))
                .filter(stated -> !stated.isBlank())
                .map(Path::of)
                .findFirst()
                .or(MeasuredData::besideTheProject);
    }

    private static Optional<Path> besideTheProject() {
        return Stream.iterate(Path.of("").toAbsolutePath(), parent -> parent != null, Path::getParent)
                .map(parent -> parent.resolve("shared").resolve("data"))
                .filter(Files::isDirectory)
                .findFirst();
    }
}
