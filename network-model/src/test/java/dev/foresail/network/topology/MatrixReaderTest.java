package dev.foresail.network.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.topology.MatrixOptions.Layout;
import dev.foresail.network.topology.MatrixOptions.Meaning;
import dev.foresail.network.topology.MatrixOptions.Missing;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixReaderTest {
    private static final MatrixOptions ROUND_TRIP = MatrixOptions.of(Meaning.ROUND_TRIP);
    private static final MatrixOptions ONE_WAY = MatrixOptions.of(Meaning.ONE_WAY);

    @TempDir
    Path directory;

    @Test
    void halfARoundTripIsOneWay() throws IOException {
        MatrixTopology topology = read("0,100,30\n101,0,50\n30,50,0\n", ROUND_TRIP);
        assertEquals(50_000, topology.latencyNanos(0, 1));
        assertEquals(50_500, topology.latencyNanos(1, 0));
        assertEquals(List.of("0", "1", "2"), topology.names());
        assertEquals(100_000, read("0,100\n100,0\n", ONE_WAY).latencyNanos(0, 1));
    }

    @Test
    void namesAreFoundInTheFirstLineAndColumn() throws IOException {
        MatrixTopology lines = read("aws:east,gcp:west\n0,10\n20,0\n", ONE_WAY);
        assertEquals(List.of("aws:east", "gcp:west"), lines.names());
        MatrixTopology both = read("From/to,east,west\neast,0,10\nwest,20,0\n", ONE_WAY);
        assertEquals(List.of("east", "west"), both.names());
        assertEquals(20_000, both.latencyNanos(1, 0));
    }

    @Test
    void compressedFilesAreRead() throws IOException {
        Path file = directory.resolve("matrix.csv.gz");
        try (OutputStream output = new GZIPOutputStream(Files.newOutputStream(file))) {
            output.write("0,7\r\n9,0\r\n".getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(9_000, MatrixReader.read(file, ONE_WAY).latencyNanos(1, 0));
    }

    @Test
    void wholeMatricesOnALine() throws IOException {
        String triangles = "1,2,3,4,5,6,7,8,9,10\n11,12,13,14,15,16,17,18,19,20\n";
        Topology second = read(triangles, ONE_WAY.withSlice(1));
        assertEquals(5, second.size());
        assertEquals(15_000, second.latencyNanos(1, 2));
        assertEquals(20_000, second.latencyNanos(4, 3));

        Topology full = read("1,2,3,4,5,6,7,8,9,10,11,12\n", ONE_WAY);
        assertEquals(4, full.size());
        assertEquals(4_000, full.latencyNanos(1, 0));
        assertEquals(12_000, full.latencyNanos(3, 2));
        assertEquals("FS233", failure(triangles, ONE_WAY.withSlice(2)).code());
    }

    @Test
    void sixValuesMayBeATriangleOrAWholeMatrix() throws IOException {
        assertTrue(failure("1,2,3,4,5,6\n", ONE_WAY).getMessage().contains("state the layout"));
        assertEquals(
                4,
                read("1,2,3,4,5,6\n", ONE_WAY.withLayout(Layout.UPPER_TRIANGLES))
                        .size());
        assertEquals(
                3,
                read("1,2,3,4,5,6\n", ONE_WAY.withLayout(Layout.OFF_DIAGONALS)).size());
    }

    @Test
    void aMissingValueIsTheOppositeDirections() throws IOException {
        assertEquals(8_000, read("0,NaN\n8,0\n", ONE_WAY).latencyNanos(0, 1));
        assertEquals(
                "FS235",
                failure("0,NaN\n8,0\n", ONE_WAY.withMissing(Missing.REFUSE)).code());
        String both = "a,b,c\n0,NaN,5\nNaN,0,7\n5,9,0\n";
        assertTrue(failure(both, ONE_WAY).getMessage().contains("matrix.csv:2:2: no latency from 'a' to 'b'"));
        assertTrue(failure("From/to,a,b,c\na,0,1,2\nb,1,0,NaN\nc,2,NaN,0\n", ONE_WAY)
                .getMessage()
                .contains("matrix.csv:3:4: no latency from 'b' to 'c'"));
        String triangle = "1,2,3,4,5,6,7,8,9,10\n1,2,3,4,5,6,NaN,8,9,10\n";
        assertTrue(failure(triangle, ONE_WAY.withSlice(1))
                .getMessage()
                .contains("matrix.csv:2:7: no latency from '1' to '4'"));
        assertTrue(failure("1,2,NaN,4,5,6,7,8,9,NaN,11,12\n", ONE_WAY)
                .getMessage()
                .contains("matrix.csv:1:3: no latency from '0' to '3'"));
        MatrixOptions median = ONE_WAY.withMissing(Missing.OPPOSITE_DIRECTION_OR_MEDIAN);
        assertEquals(7_000, read(both, median).latencyNanos(0, 1));
    }

    @Test
    void aWrongValueIsNamedWithItsPlace() throws IOException {
        MatrixFormatException wrong = failure("0,1,2\n1,0,fast\n2,3,0\n", ONE_WAY);
        assertEquals("FS231", wrong.code());
        assertTrue(wrong.getMessage().contains("matrix.csv:2:3: 'fast' is not a number"), wrong.getMessage());
        MatrixFormatException negative = failure("a,b\n0,1\n\n-4,0\n", ONE_WAY);
        assertEquals("FS232", negative.code());
        assertTrue(negative.getMessage().contains("matrix.csv:4:1: '-4'"), negative.getMessage());
        assertEquals("FS232", failure("0,Infinity\n1,0\n", ONE_WAY).code());
    }

    @Test
    void nothingButAnEndpointToItselfTakesNoTime() throws IOException {
        MatrixFormatException zero = failure("a,b\n0,1\n0.0,0\n", ONE_WAY);
        assertEquals("FS232", zero.code());
        assertTrue(zero.getMessage().contains("matrix.csv:3:1: '0.0' between different endpoints"), zero.getMessage());
        assertEquals("FS232", failure("1,2,3,4,5,6,7,0,9,10\n", ONE_WAY).code());
    }

    @Test
    void aMatrixThatIsNotSquare() throws IOException {
        MatrixFormatException ragged = failure("0,1,2\n1,0\n2,3,0\n", ONE_WAY);
        assertEquals("FS230", ragged.code());
        assertTrue(ragged.getMessage().contains("matrix.csv:2:1: 2 values, expected 3"), ragged.getMessage());
        assertEquals("FS230", failure("a,b,c\n0,1,2\n", ONE_WAY).code());
    }

    @Test
    void layoutsThatNobodyKnows() throws IOException {
        assertEquals("FS233", failure("1,2,3,4,5\n", ONE_WAY).code());
        assertEquals("FS233", failure("\n \n", ONE_WAY).code());
        assertEquals("FS233", failure("just,names\n", ONE_WAY).code());
    }

    @Test
    void filesThatCannotBeRead() throws IOException {
        MatrixFormatException missing = assertThrows(
                MatrixFormatException.class, () -> MatrixReader.read(directory.resolve("none.csv"), ONE_WAY));
        assertEquals("FS234", missing.code());
        Path notCompressed = Files.writeString(directory.resolve("plain.csv.gz"), "0,1\n1,0\n");
        assertEquals(
                "FS234",
                assertThrows(MatrixFormatException.class, () -> MatrixReader.read(notCompressed, ONE_WAY))
                        .code());
    }

    @Test
    void sizesAreBounded() throws IOException {
        assertEquals("FS236", failure("0,1\n1,0\n", ONE_WAY.withMaximumBytes(5)).code());
        assertEquals(
                "FS236",
                failure("1" + ",1".repeat(MatrixText.MAXIMUM_COLUMNS), ONE_WAY).code());
        assertEquals(2, read("0,1\n1,0\n", ONE_WAY.withMaximumBytes(8)).size());
    }

    private MatrixTopology read(String content, MatrixOptions options) throws IOException {
        return MatrixReader.read(Files.writeString(directory.resolve("matrix.csv"), content), options);
    }

    private MatrixFormatException failure(String content, MatrixOptions options) throws IOException {
        Path file = Files.writeString(directory.resolve("matrix.csv"), content);
        return assertThrows(MatrixFormatException.class, () -> MatrixReader.read(file, options));
    }
}
