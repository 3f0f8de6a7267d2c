package dev.foresail.predictor.path;

import static dev.foresail.predictor.path.Couriers.DELIVERY;
import static dev.foresail.predictor.path.Couriers.ONE;
import static dev.foresail.predictor.path.Couriers.THREE;
import static dev.foresail.predictor.path.Couriers.TWO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that grows can be read at any time, and gone on with. */
final class PathPartTest {
    private static final RecordedPaths HEADER =
            new RecordedPaths("courier", RecordedPaths.Run.live("a test"), List.of(DELIVERY), 0, 0, List.of());

    @TempDir
    private Path directory = Path.of("");

    private final List<PathHop> hops = hops();

    private static List<PathHop> hops() {
        Couriers couriers = Couriers.followed();
        couriers.dispatch(ONE, TWO, THREE);
        couriers.until(1_000);
        return couriers.log.hops();
    }

    private Path file() {
        return directory.resolve("part.jsonl");
    }

    private RecordedPaths read() throws IOException {
        try (Reader in = Files.newBufferedReader(file())) {
            return PathFile.read(in);
        }
    }

    @Test
    void whatWasToldIsThereAndUntilWhenItIsAll() throws IOException {
        try (PathPart part = PathPart.open(file(), HEADER, 5)) {
            assertEquals(List.of(), read().hops());
            part.add(hops.subList(0, 2), 0, 70);
            assertEquals(hops.subList(0, 2), read().hops());
            assertEquals(70, read().untilNanos());
            for (long nanos = 71; nanos < 1_000; nanos++) {
                part.add(List.of(), 0, nanos);
            }
            assertEquals(5, Files.readAllLines(file()).size(), "a node that has nothing to tell fills no disk");
            part.add(hops.subList(2, 4), 5, 1_000);
        }
        assertEquals(hops, read().hops());
        assertEquals(1_000, read().untilNanos());
        assertEquals(5, read().left());
    }

    @Test
    void aLaterStartGoesOnEvenWhereTheLastLineWasCut() throws IOException {
        try (PathPart part = PathPart.open(file(), HEADER, 5)) {
            part.add(hops.subList(0, 2), 1, 70);
        }
        Files.writeString(file(), "{\"path\":\"n1.1", StandardOpenOption.APPEND);
        assertEquals(hops.subList(0, 2), read().hops(), "copied while it was written");
        try (PathPart part = PathPart.open(file(), HEADER, 5)) {
            part.add(hops.subList(2, 4), 2, 170);
        }
        assertEquals(hops, read().hops());
        assertEquals(170, read().untilNanos());
        assertEquals(3, read().left());
    }

    @Test
    void aFileThatIsFullCountsTheOthers() throws IOException {
        try (PathPart part = PathPart.open(file(), HEADER, 5, 700)) {
            part.add(hops, 0, 70);
            part.add(hops, 0, 71);
        }
        RecordedPaths kept = read();
        assertEquals(hops.subList(0, kept.hops().size()), kept.hops());
        assertEquals(8, kept.hops().size() + kept.left());
        assertTrue(Files.size(file()) < 800);
    }

    @Test
    void otherDeclarationsWantAnotherFile() {
        PathPart.open(file(), HEADER, 5).close();
        RecordedPaths other =
                new RecordedPaths("courier", RecordedPaths.Run.live("another"), List.of(DELIVERY), 0, 0, List.of());
        assertEquals(
                "FS544",
                assertThrows(PathFileException.class, () -> PathPart.open(file(), other, 5))
                        .code());
        assertEquals(
                "FS524",
                assertThrows(PathFileException.class, () -> PathPart.open(directory, HEADER, 5))
                        .code());
    }

    /** Its last second is lost with it: nobody knows whether a path came to its end then. */
    @Test
    @SuppressWarnings("resource")
    void whatANodeThatWasKilledHadNotToldIsNotMissed() throws IOException {
        long begun = hops.get(0).handledNanos();
        PathPart.open(file(), HEADER, begun).add(hops.subList(0, 2), 0, begun + 10);
        assertEquals(Optional.empty(), read().gapNanos(), "it may go on");
        try (PathPart part = PathPart.open(file(), HEADER, begun + 100)) {
            part.add(List.of(), 0, begun + 900_000_000_000L);
        }
        RecordedPaths killed = read();
        assertEquals(Optional.of(begun + 100), killed.gapNanos());
        assertEquals(List.of(), killed.anomalies());
        assertTrue(killed.isOpen(DELIVERY, killed.paths().get(0)));
        RecordedPaths other =
                new RecordedPaths("courier", HEADER.run(), List.of(DELIVERY), killed.untilNanos(), 0, List.of());
        assertEquals(List.of(), other.with(killed).anomalies(), "nor by the others");
    }

    @Test
    void aNodeThatHasEndedInOrderHasToldAll() throws IOException {
        long begun = hops.get(0).handledNanos();
        try (PathPart part = PathPart.open(file(), HEADER, begun)) {
            part.add(hops.subList(0, 2), 0, begun + 10);
        }
        try (PathPart part = PathPart.open(file(), HEADER, begun + 100)) {
            part.add(List.of(), 0, begun + 900_000_000_000L);
        }
        assertEquals(Optional.empty(), read().gapNanos());
        assertEquals(1, read().anomalies().size(), "it has not ended");
    }

    @Test
    void partsAreJudgedUpToWhereAllOfThemGo() {
        RecordedPaths all = new RecordedPaths("courier", HEADER.run(), List.of(DELIVERY), 1_000, 0, hops.subList(0, 2));
        RecordedPaths behind = new RecordedPaths("courier", HEADER.run(), List.of(DELIVERY), -1, 0, List.of());
        assertEquals(1, all.anomalies().size(), "it has not ended");
        assertEquals(List.of(), all.with(behind).anomalies(), "nobody knows yet");
    }
}
