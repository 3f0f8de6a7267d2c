package dev.foresail.eval.coordinates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.config.ConfigurationException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a cloud with two regions that have round trips, and one that has none. */
final class RegionLinksTest {
    private static final String ROUND_TRIPS = "a,b\n0,2000\n4000,0\n";
    private static final String HEADER = "src,src_tier,dst,dst_tier,connections,runtime_s,sent_kbps,received_kbps\n";

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void write() throws IOException {
        roundTrips(ROUND_TRIPS);
        throughput(HEADER + "a,PREMIUM,b,PREMIUM,64,5,900,800\n"
                + "a,STANDARD,b,PREMIUM,64,5,900,1\n"
                + "a,PREMIUM,a,PREMIUM,64,5,900,2\n"
                + "c,PREMIUM,b,PREMIUM,64,5,900,1600\n");
    }

    private void roundTrips(String text) throws IOException {
        compressed("cloud-rtt-avg-matrix-2022.csv.gz", text);
    }

    private void throughput(String text) throws IOException {
        compressed("cloud-throughput-pairs-2022-01.csv.gz", text);
    }

    private void compressed(String name, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve(name)))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private RegionLinks read() throws IOException {
        return RegionLinks.read(new StudyData(directory));
    }

    private String refused() {
        ConfigurationException refused = assertThrows(ConfigurationException.class, this::read);
        assertTrue(refused.getMessage().contains("FS366"), refused::getMessage);
        return refused.getMessage();
    }

    @Test
    void linksOfTheBetterTierHaveBytesPerSecondAndTheMatrixsRoundTrip() throws IOException {
        RegionLinks links = read();
        assertEquals(1, links.bySource().get(0).size());
        assertEquals(100_000, links.bySource().get(0).get(0).bytesPerSecond());
        assertEquals(2e6, links.bySource().get(0).get(0).roundTripNanos());
    }

    @Test
    void aRegionThatIsNotInTheMatrixGetsTheMedian() throws IOException {
        double median = read().bySource().get(2).get(0).roundTripNanos();
        assertTrue(median >= 2e6 && median <= 4e6, () -> "" + median);
    }

    @Test
    void whatIsNoSuchFileIsRefusedWithItsLine() throws IOException {
        roundTrips("a,b\n0,2000\n");
        assertTrue(refused().contains("1 rows of round trips, expected 2"));
        roundTrips("a,b\n0,near\n4000,0\n");
        assertTrue(refused().contains(":2: 'near'"));
        roundTrips("a,b\n0,2000,7\n4000,0\n");
        assertTrue(refused().contains(":2: 3 values, expected 2"));
        roundTrips("");
        assertTrue(refused().contains("the file is empty"));
        roundTrips(ROUND_TRIPS);
        throughput("src,dst\na,b\n");
        assertTrue(refused().contains("there is no column 'src_tier'"));
        throughput(HEADER + "a,PREMIUM\n");
        assertTrue(refused().contains(":2: 2 values, expected 8"));
    }
}
