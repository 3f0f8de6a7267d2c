package dev.foresail.steering.live;

import static dev.foresail.steering.fixture.Nodes.id;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.KnownCheckpoint;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.fixture.Tally;
import dev.foresail.steering.fixture.TallyMachine;
import dev.foresail.steering.storage.NeighbourStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loop and a disk that run when the test says so. */
final class NeighbourKeeperTest {
    private final TallyMachine machine = new TallyMachine();
    private final Deque<Runnable> loop = new ArrayDeque<>();
    private final Deque<Runnable> disk = new ArrayDeque<>();
    private long latest;

    @TempDir
    private Path directory = Path.of("");

    private NeighbourKeeper<Tally> keeper() {
        return new NeighbourKeeper<>(
                NeighbourStore.besides(directory.resolve("n1.state"), machine, id(1), machine.create(List.of(10L))),
                () -> List.of(new KnownCheckpoint<>(
                        new Checkpoint<>(
                                id(2),
                                latest,
                                machine.create(List.of(10L)),
                                new TreeMap<>(),
                                List.of(),
                                new TreeMap<>()),
                        0)),
                loop::add,
                new Nodes().surroundings(() -> 1),
                disk::add);
    }

    private static void runAll(Deque<Runnable> tasks) {
        while (!tasks.isEmpty()) {
            tasks.removeFirst().run();
        }
    }

    /** The numbers of the checkpoints in the file. */
    private List<Long> kept() {
        return keeper().load().stream().map(one -> one.checkpoint().number()).toList();
    }

    private void gathers(NeighbourKeeper<Tally> keeper, long number) {
        latest = number;
        keeper.gathered();
    }

    @Test
    void ofManyRoundsTheLatestIsWrittenOnceInAWhile() {
        NeighbourKeeper<Tally> keeper = keeper();
        gathers(keeper, 1);
        gathers(keeper, 2);
        gathers(keeper, 3);
        assertEquals(1, loop.size());
        assertEquals(0, disk.size(), "it is not time yet");
        runAll(loop);
        assertEquals(1, disk.size());
        gathers(keeper, 4);
        runAll(loop);
        assertEquals(1, disk.size(), "the disk is slow, and has not come to the last one");
        runAll(disk);
        assertEquals(List.of(4L), kept());
    }

    @Test
    void whatIsNewAtTheEndIsWrittenThen() {
        NeighbourKeeper<Tally> keeper = keeper();
        gathers(keeper, 1);
        keeper.finish();
        runAll(disk);
        assertEquals(List.of(1L), kept());
        keeper.finish();
        assertEquals(0, disk.size(), "nothing is new");
    }

    @Test
    void aDiskThatTakesNothingIsToldOfOnceUntilItWorksAgain() throws IOException {
        NeighbourKeeper<Tally> keeper = keeper();
        Path inTheWay = Files.createDirectory(directory.resolve("n1.state.neighbours.new"));
        try (Logged logged = new Logged()) {
            for (long number = 1; number <= 3; number++) {
                gathers(keeper, number);
                runAll(loop);
                runAll(disk);
            }
            assertEquals(1, logged.count("[FS346]"), logged::toString);
            Files.delete(inTheWay);
            gathers(keeper, 4);
            runAll(loop);
            runAll(disk);
            assertEquals(List.of(4L), kept());
        }
    }
}
