package dev.foresail.eval.coordinates;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import dev.foresail.steering.config.ConfigurationException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaleDataStudyTest {
    private static final List<Integer> AGES = List.of(1, 4);

    private static double share(double[][] truth, int age) {
        return new AgingNode(truth, AGES, 0.8, RandomStream.of(1, "test")).run().share(age);
    }

    @Test
    void intervalsOfLinksThatChangeAtRandomHold() {
        RandomStream random = RandomStream.of(7, "truth");
        double[][] truth = new double[60][80];
        for (double[] slice : truth) {
            for (int link = 0; link < slice.length; link++) {
                slice[link] =
                        random.nextInt(20) == 0 ? Double.NaN : 1_000 * (20 + link) * (1 + 0.2 * random.nextDouble());
            }
        }
        assertEquals(0.8, share(truth, 1), 0.05);
        assertEquals(0.8, share(truth, 4), 0.05);
    }

    @Test
    void nothingIsKnownOfTheFutureBeforeItComes() {
        double[][] steady = new double[30][80];
        for (double[] slice : steady) {
            java.util.Arrays.fill(slice, 50_000);
        }
        // All links jump at once: whoever had seen it would have stated it.
        java.util.Arrays.fill(steady[29], 500_000);
        double[][] before = java.util.Arrays.copyOf(steady, 29);
        assertEquals(1, share(before, 1));
        assertTrue(share(steady, 1) < 1);
    }

    @Test
    void aNodesLinksAreItsRowOfTheMatrix() {
        // Pairs 01 02 03 12 13 23.
        SliceSet triangle = new SliceSet("triangle", 4, new double[][] {{1, 2, 3, 12, 13, 23}}, true);
        assertArrayEquals(new double[] {2, 12, 23}, triangle.ofNode(2)[0]);
        SliceSet whole = new SliceSet("whole", 3, new double[][] {{1, 2, 10, 12, 20, 21}}, false);
        assertArrayEquals(new double[] {10, 12}, whole.ofNode(1)[0]);
        assertArrayEquals(new double[] {20, 21}, whole.ofNode(2)[0]);
    }

    private static Path file(Path directory, String text) throws IOException {
        Path file = directory.resolve("slices.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static void assertRefused(Path file, String message) {
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> CsvRows.numbers(file));
        assertTrue(refused.getMessage().contains("FS366"), refused::getMessage);
        assertTrue(refused.getMessage().contains(message), refused::getMessage);
    }

    @Test
    void numbersAreReadAndWhatIsNoneIsNamedByItsLine(@TempDir Path directory) throws IOException {
        assertArrayEquals(
                new double[][] {{1, 2.5}, {Double.NaN, 4}}, CsvRows.numbers(file(directory, "1,2.5\nNaN,4\n")));
        assertRefused(file(directory, "1,2\n3,fast\n"), "slices.csv.gz:2: 'fast', expected a number above 0 or NaN");
        assertRefused(file(directory, "1,-2\n"), ":1: '-2'");
        assertRefused(file(directory, "1,2\n3\n"), ":2: 1 values, expected 2 as in the first line");
    }
}
