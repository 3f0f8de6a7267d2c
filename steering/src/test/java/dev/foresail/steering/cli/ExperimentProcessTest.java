package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.report.Measurement;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an experiment says, the report goes on. */
final class ExperimentProcessTest {
    @TempDir
    private Path directory = Path.of("");

    private static Measurement outcome(Path said) throws IOException {
        return ExperimentProcess.outcome("tasting", ExitCode.DONE, said, new ArrayDeque<>(List.of("too much salt")));
    }

    private static void assertFailed(Measurement measurement, String because) {
        assertEquals(Measurement.State.FAILED, measurement.state());
        String told = Json.write(measurement.json());
        assertTrue(told.contains(because), told);
        assertTrue(told.contains("too much salt"), told);
    }

    @Test
    void outputThatIsNoUtf8IsAFailure() throws IOException {
        byte[] latin = "na\u00efve".getBytes(StandardCharsets.ISO_8859_1);
        assertFailed(outcome(Files.write(directory.resolve("latin"), latin)), "but without a result");
    }

    @Test
    void outputWithoutEndIsAFailure() throws IOException {
        Path endless = directory.resolve("endless");
        try (RandomAccessFile file = new RandomAccessFile(endless.toFile(), "rw")) {
            file.setLength(3L << 30);
        }
        assertFailed(outcome(endless), "a result has at most");
    }
}
