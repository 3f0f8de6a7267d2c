package dev.foresail.eval.coordinates;

import dev.foresail.steering.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory of measurements that {@code --data} names. Immutable. */
public final class StudyData {
    private final Path directory;

    /** @param directory where the files are */
    public StudyData(Path directory) {
        this.directory = directory;
    }

    /**
     * A file of the directory.
     *
     * @throws ConfigurationException FS361 when there is none that can be read
     */
    public Path file(String name) {
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new ConfigurationException(
                    "FS361", "--data: there is no readable file '" + name + "' in " + directory.toAbsolutePath());
        }
        return file;
    }
}
