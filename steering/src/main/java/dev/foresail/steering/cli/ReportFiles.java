package dev.foresail.steering.cli;

import dev.foresail.predictor.json.JsonLines;
import dev.foresail.predictor.text.Nearest;
import dev.foresail.steering.config.ConfigurationException;
import dev.foresail.steering.report.Measurement;
import dev.foresail.steering.report.ResultException;
import dev.foresail.steering.report.ResultReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Results of experiments in files, and the report's own. */
final class ReportFiles {
    private static final String JSON = ".json";
    private static final long LARGEST_BYTES = 64L << 20;

    private ReportFiles() {}

    /**
     * What is in a file, or in the files of a directory whose names end with {@code .json}. Of a directory a file that holds no
     * result is an experiment that failed: that is what it leaves where its output was to be kept.
     *
     * @throws ConfigurationException FS472 when a file holds no result, or there is no such file, or none in the directory
     */
    static List<Measurement> read(Path path) {
        try {
            if (!Files.exists(path)) {
                throw new ConfigurationException("FS472", "there is no file " + path + nearest(path));
            }
            if (!Files.isDirectory(path)) {
                return results(path);
            }
            List<Measurement> measurements = new ArrayList<>();
            for (Path file : jsonFiles(path)) {
                measurements.addAll(resultsOrFailure(file));
            }
            if (measurements.isEmpty()) {
                throw new ConfigurationException("FS472", "no file in " + path + " has a name that ends with " + JSON);
            }
            return measurements;
        } catch (ResultException wrong) {
            throw new ConfigurationException("FS472", path + " is no result: " + wrong.getMessage());
        } catch (IOException unreadable) {
            throw new ConfigurationException("FS472", path + " cannot be read: " + unreadable.getMessage());
        }
    }

    /** What is beside it by a name like that. */
    private static String nearest(Path missing) throws IOException {
        Path directory = missing.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return "";
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names =
                    files.map(file -> String.valueOf(file.getFileName())).toList();
            return Nearest.to(String.valueOf(missing.getFileName()), names)
                    .map(name -> "; did you mean '" + name + "'?")
                    .orElse("");
        }
    }

    private static List<Path> jsonFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(JSON) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    private static List<Measurement> resultsOrFailure(Path file) throws IOException {
        try {
            return results(file);
        } catch (ResultException wrong) {
            String name = file.getFileName().toString();
            return List.of(Measurement.failed(
                    name.substring(0, name.length() - JSON.length()),
                    file.toString(),
                    "the file is no result: " + wrong.getMessage()));
        }
    }

    private static List<Measurement> results(Path file) throws IOException, ResultException {
        return ResultReader.read(text(file), "read from " + file);
    }

    /**
     * What is in a file that is to hold a result. Bytes that are no UTF-8 become signs that say so, and are told by who reads the text as
     * what they are: no JSON.
     *
     * @throws ResultException when it is larger than any result
     */
    static String text(Path file) throws IOException, ResultException {
        long bytes = Files.size(file);
        if (bytes > LARGEST_BYTES) {
            throw new ResultException("it has " + bytes + " bytes; a result has at most " + LARGEST_BYTES);
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /**
     * Writes a text in the place of what may be there, with the directories above it; as a whole or not at all, so that whatever ends this
     * process leaves either.
     *
     * @throws ConfigurationException FS473 when that is not possible
     */
    static void write(Path file, String text) {
        inItsPlace(file, target -> JsonLines.writeFile(target, out -> out.write(text)));
    }

    /**
     * Makes the directories above a file, and leaves what may be in its place as it is.
     *
     * @throws ConfigurationException FS473 when it could not be written
     */
    static void checkWritable(Path file) {
        inItsPlace(file, target -> {
            if (Files.exists(target) && !Files.isWritable(target)) {
                throw new AccessDeniedException(target.toString());
            }
            Path beside = target.toAbsolutePath().getParent();
            Files.delete(Files.createTempFile(beside, target.getFileName() + ".", ".part"));
        });
    }

    /** What is done with the file that a path leads to. */
    @FunctionalInterface
    private interface Use {
        void of(Path target) throws IOException;
    }

    private static void inItsPlace(Path file, Use use) {
        try {
            makeDirectoriesAbove(file);
            if (Files.isDirectory(file)) {
                throw new ConfigurationException("FS473", file + " cannot be written: it is a directory");
            }
            // A move into its place would replace the link and not what it leads to.
            use.of(Files.exists(file) ? file.toRealPath() : file);
        } catch (IOException failure) {
            throw new ConfigurationException("FS473", file + " cannot be written: " + failure);
        }
    }

    private static void makeDirectoriesAbove(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        try {
            if (directory != null) {
                Files.createDirectories(directory);
            }
        } catch (FileAlreadyExistsException taken) {
            throw new ConfigurationException(
                    "FS473", file + " cannot be written: " + taken.getFile() + " is no directory");
        }
    }
}
