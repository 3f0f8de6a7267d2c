package dev.foresail.predictor.path;

import static dev.foresail.predictor.path.Couriers.DELIVERY;
import static dev.foresail.predictor.path.Couriers.ONE;
import static dev.foresail.predictor.path.Couriers.THREE;
import static dev.foresail.predictor.path.Couriers.TWO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written is what can be read back; anything else is told with its line. */
final class PathFileTest {
    private static final DeclaredPath STRICT = new DeclaredPath(
            "strict",
            "timer rest",
            Optional.empty(),
            new DeclaredPath.Bounds(
                    Optional.of(3),
                    Optional.of(4),
                    Optional.of(Duration.ofMillis(19)),
                    Optional.of(Duration.ofNanos(1))));

    @TempDir
    private Path directory = Path.of("");

    private static RecordedPaths some() {
        Couriers couriers = Couriers.followed();
        couriers.tell(THREE, "stumble");
        couriers.dispatch(ONE, TWO);
        couriers.dispatch(TWO, ONE, THREE);
        couriers.until(1_000);
        RecordedPaths told = couriers.recorded();
        return new RecordedPaths(
                "courier",
                new RecordedPaths.Run("a \"test\"", -1, "f124"),
                List.of(DELIVERY, STRICT),
                7,
                2,
                told.hops());
    }

    private static String written(RecordedPaths paths) throws IOException {
        StringWriter text = new StringWriter();
        PathFile.write(text, paths);
        return text.toString();
    }

    private static RecordedPaths read(String text) throws IOException {
        return PathFile.read(new StringReader(text));
    }

    @Test
    void aFileIsReadBackAsItWasWritten() throws IOException {
        Path file = directory.resolve("below/run.jsonl");
        PathFile.write(file, some());
        assertEquals(some(), read(Files.readString(file)));
    }

    /** Another node may send any. */
    @Test
    void everyIdThatThereCanBeIsReadBack() {
        HopId last = new HopId(NodeId.of(Long.MAX_VALUE), Long.MAX_VALUE, Long.MAX_VALUE);
        assertEquals(last, HopId.parse(last.toString()));
        assertThrows(IllegalArgumentException.class, () -> HopId.parse("n1.1.9223372036854775808"));
    }

    @Test
    void whatCannotBeWrittenSaysSo() throws IOException {
        Path taken = Files.writeString(directory.resolve("taken"), "a file");
        PathFileException refused =
                assertThrows(PathFileException.class, () -> PathFile.write(taken.resolve("run.jsonl"), some()));
        assertEquals("FS524", refused.code());
    }

    @ParameterizedTest
    @CsvSource({
        "FS522, foresail-paths\":1, foresail-paths\":2",
        "FS522, untilNanos\":7, untilNanos\":-7",
        "FS522, begins, begin",
        "FS523, n1.1.1, n1.1",
        "FS523, n1.1.1, n1.1.0",
        "FS523, outcome\":\"failed, outcome\":\"forgotten",
        "FS523, place\":0, place\":-1",
        "FS523, hop\":\"n2.1.1, hop\":\"n1.1.1"
    })
    void aDamagedFileIsRefused(String code, String before, String after) throws IOException {
        String text = written(some());
        assertTrue(text.contains(before), text);
        String damaged = text.replaceFirst(Pattern.quote(before), Matcher.quoteReplacement(after));
        PathFileException refused = assertThrows(PathFileException.class, () -> read(damaged));
        assertEquals(code, refused.code(), refused::getMessage);
    }

    /** A file cut off within a line, or with any character changed, is read or refused, and nothing else happens. */
    @Test
    void noFileBreaksTheReader() throws IOException {
        String text = written(some());
        Random random = new Random(5);
        int refusals = 0;
        for (int trial = 0; trial < 3_000; trial++) {
            StringBuilder changed = new StringBuilder(text.substring(0, 1 + random.nextInt(text.length())));
            for (int change = random.nextInt(3); change > 0; change--) {
                changed.setCharAt(random.nextInt(changed.length()), (char) (32 + random.nextInt(96)));
            }
            try {
                CausalPath.of(read(changed.toString()).hops()).forEach(CausalPath::roots);
            } catch (PathFileException refused) {
                refusals++;
            }
        }
        assertTrue(refusals > 1_000, "most of them: " + refusals);
    }

    @Test
    void whatNodesHaveToldOfOneRunIsPutTogether() {
        RecordedPaths all = some();
        RecordedPaths ofOne = of(all, true);
        RecordedPaths ofOthers = of(all, false);
        assertEquals(
                all.paths().stream().map(CausalPath::hops).toList(),
                ofOthers.with(ofOne).with(all).paths().stream()
                        .map(CausalPath::hops)
                        .toList());
    }

    private static RecordedPaths of(RecordedPaths all, boolean one) {
        List<PathHop> own =
                all.hops().stream().filter(hop -> hop.node().equals(ONE) == one).toList();
        return new RecordedPaths(all.protocol(), all.run(), all.declared(), all.untilNanos(), 0, own);
    }

    @Test
    void pathsOfTwoRunsAreNotMixed() {
        RecordedPaths all = some();
        Couriers others = Couriers.followed();
        others.dispatch(ONE, TWO, THREE, TWO);
        others.until(1_000);
        RecordedPaths elsewhere = new RecordedPaths("courier", Couriers.RUN, all.declared(), 7, 0, others.log.hops());
        assertEquals(
                "FS526",
                assertThrows(PathFileException.class, () -> all.with(elsewhere)).code());
        RecordedPaths undeclared = new RecordedPaths("courier", Couriers.RUN, List.of(), 7, 0, List.of());
        assertEquals(
                "FS526",
                assertThrows(PathFileException.class, () -> all.with(undeclared))
                        .code());
    }

    private static Set<String> all(String pattern, String text) {
        Set<String> found = new HashSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static String traces(RecordedPaths paths) throws IOException {
        StringWriter text = new StringWriter();
        OpenTelemetryFile.write(text, paths);
        return text.toString();
    }

    @Test
    void eachPathIsATraceWhoseSpansAreLinked() throws IOException {
        RecordedPaths some = some();
        RecordedPaths paths = new RecordedPaths("courier", some.run(), some.declared(), 7, 0, some.hops());
        String text = traces(paths);
        assertEquals(paths.paths().size(), text.lines().count());
        assertEquals(
                paths.paths().size(),
                all("\"traceId\":\"([0-9a-f]{32})\"", text).size());
        Set<String> spans = all("\"spanId\":\"([0-9a-f]{16})\"", text);
        assertEquals(paths.hops().size(), spans.size());
        assertTrue(spans.containsAll(all("\"parentSpanId\":\"([0-9a-f]{16})\"", text)));
        assertTrue(text.contains("\"status\":{\"message\":\"the handler threw\",\"code\":2}"), text);
        assertTrue(text.contains("\"message\":\"ends: message Receipt: it did not\""), text);
    }

    @Test
    void tracesOfAnotherRunHaveOtherNames() throws IOException {
        RecordedPaths paths = some();
        Set<String> own = traceIds(paths, paths.run());
        assertEquals(own, traceIds(paths, new RecordedPaths.Run("another name of the file", -1, "f124")));
        assertNotEquals(own, traceIds(paths, new RecordedPaths.Run("a \"test\"", -1, "f125")));
        assertNotEquals(own, traceIds(paths, new RecordedPaths.Run("a \"test\"", 1, "f124")));
    }

    private static Set<String> traceIds(RecordedPaths paths, RecordedPaths.Run run) throws IOException {
        RecordedPaths same = new RecordedPaths("courier", run, paths.declared(), 7, 0, paths.hops());
        return all("\"traceId\":\"([0-9a-f]{32})\"", traces(same));
    }
}
