package dev.foresail.steering.live;

import static dev.foresail.steering.fixture.Nodes.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.snapshot.SnapshotFile;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.fixture.Tally;
import dev.foresail.steering.fixture.TallyMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two live nodes that look ahead; the first one keeps what it knows. */
final class KeptNeighboursTest {
    private final Nodes nodes = new Nodes();

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void lookAhead() {
        nodes.with(ResolverSettings.predicted(Objective.minimize("crowding", Duration.ofSeconds(1))));
    }

    @AfterEach
    void end() {
        nodes.close();
    }

    private Optional<Tally> pictureOf(NodeId node) {
        Path file = directory.resolve("picture.jsonl");
        nodes.node(1).writeSnapshot(file).join();
        SystemSnapshot<Tally> read = SnapshotFile.read(new TallyMachine(), file);
        return Optional.ofNullable(read.nodes().get(node))
                .map(known -> known.checkpoint().state());
    }

    private void startBothAndLetThemGather() {
        nodes.start(2);
        nodes.withStorage(directory.resolve("n1.state")).start(1);
        nodes.node(1).call("ask", id(2), 7L).join();
        Nodes.await(
                "n1 to have n2's checkpoint",
                () -> pictureOf(id(2)).filter(there -> there.received() == 1).isPresent());
    }

    @Test
    void aRestartedNodeKnowsHowANeighbourWasThatDoesNotAnswer() {
        startBothAndLetThemGather();
        nodes.node(1).close();
        nodes.node(2).pause(Duration.ofMinutes(1));

        nodes.start(1);
        assertEquals(Optional.empty(), pictureOf(id(2)), "not before the protocol names it as a neighbour");
        nodes.node(1).call("meet", id(2)).join();
        assertEquals(1, pictureOf(id(2)).orElseThrow().received());
    }

    @Test
    void aNodeStartsWithoutWhatItCannotRead() throws Exception {
        startBothAndLetThemGather();
        nodes.node(1).close();
        Files.writeString(directory.resolve("n1.state.neighbours"), "{}");
        nodes.node(2).pause(Duration.ofMinutes(1));
        try (Logged logged = new Logged()) {
            nodes.start(1);
            assertTrue(logged.has("[FS345]"), logged::toString);
        }
        nodes.node(1).call("meet", id(2)).join();
        assertEquals(Optional.empty(), pictureOf(id(2)));
    }

    @Test
    void aNodeWithLittleBudgetHoldsBackAndGathersAllTheSame() {
        nodes.with(NodeSettings.DEFAULT.withCheckpointBytesPerSecond(60));
        startBothAndLetThemGather();
        AtomicLong number = new AtomicLong();
        Nodes.await("something to be held back, and a newer checkpoint of n2 all the same", () -> {
            nodes.node(1).call("ask", id(2), number.incrementAndGet()).join();
            return nodes.node(1).statistics().heldBackCheckpoints() > 0
                    && pictureOf(id(2)).filter(there -> there.received() > 1).isPresent();
        });
    }
}
