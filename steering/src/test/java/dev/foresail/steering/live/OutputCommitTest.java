package dev.foresail.steering.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.fixture.Council;
import dev.foresail.steering.fixture.CouncilMachine;
import dev.foresail.steering.fixture.Tally;
import dev.foresail.steering.fixture.TallyMachine;
import dev.foresail.steering.storage.NodeStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits for the disk, with a loop and a disk that run when the test says so. */
final class OutputCommitTest {
    private final TallyMachine machine = new TallyMachine();
    private final Tally state = machine.create(List.of(10L));
    private final Deque<Runnable> loop = new ArrayDeque<>();
    private final Deque<Runnable> disk = new ArrayDeque<>();
    private final List<Throwable> failures = new ArrayList<>();

    @TempDir
    private Path directory = Path.of("");

    private OutputCommit<Tally> commit() {
        NodeStorage<Tally> storage = NodeStorage.open(file(), machine, NodeId.of(1), machine.create(List.of(10L)), 0)
                .storage();
        return new OutputCommit<>(
                new OutputCommit.Contents<>(machine, () -> state, TreeMap::new, () -> 0),
                storage,
                new OutputCommit.Threads(loop::add, disk::add),
                failures::add);
    }

    private Path file() {
        return directory.resolve("store").resolve("n1.state");
    }

    private static void runAll(Deque<Runnable> tasks) {
        while (!tasks.isEmpty()) {
            tasks.removeFirst().run();
        }
    }

    @Test
    void whatIsSentWaitsForTheDisk() {
        OutputCommit<Tally> commit = commit();
        List<String> sent = new ArrayList<>();
        commit.output(() -> sent.add("first"));
        commit.output(() -> sent.add("second"));
        runAll(loop);
        assertEquals(List.of(), sent);
        runAll(disk);
        runAll(loop);
        assertEquals(List.of("first", "second"), sent);
    }

    @Test
    void whatIsLearntOfStableFieldsIsWrittenBeforeWhatFollowsIt() {
        CouncilMachine council = new CouncilMachine();
        Council forgetful = council.create(List.of());
        NodeStorage<Council> storage =
                NodeStorage.open(file(), council, NodeId.of(1), forgetful, 0).storage();
        SortedMap<NodeId, Council> facts = new TreeMap<>();
        OutputCommit<Council> commit = new OutputCommit<>(
                new OutputCommit.Contents<>(council, () -> forgetful, () -> facts, facts::size),
                storage,
                new OutputCommit.Threads(loop::add, disk::add),
                failures::add);
        List<String> sent = new ArrayList<>();
        commit.output(() -> sent.add("before"));
        runAll(loop);
        runAll(disk);
        runAll(loop);

        facts.put(NodeId.of(7), Council.having("blue", 0));
        commit.output(() -> sent.add("after"));
        runAll(loop);
        assertEquals(List.of("before"), sent);
        runAll(disk);
        assertEquals(
                facts.keySet(),
                NodeStorage.open(file(), council, NodeId.of(1), forgetful, 0)
                        .facts()
                        .keySet());
        runAll(loop);
        assertEquals(List.of("before", "after"), sent);
        assertEquals(0, disk.size(), "nothing has changed since");
    }

    @Test
    void whatWaitsWhileItsConnectionBreaksIsLostWithIt() {
        NodeId two = NodeId.of(2);
        NodeId three = NodeId.of(3);
        OutputCommit<Tally> commit = commit();
        List<String> sent = new ArrayList<>();
        commit.outputTo(two, () -> sent.add("lost"));
        commit.outputTo(three, () -> sent.add("to another"));
        runAll(loop);
        commit.broken(two);
        commit.outputTo(two, () -> sent.add("afterwards"));
        runAll(disk);
        runAll(loop);
        runAll(disk);
        runAll(loop);
        assertEquals(List.of("to another", "afterwards"), sent);
    }

    @Test
    void aDiskThatStandsStillEndsTheNodeBeforeItsMemoryDoes() {
        OutputCommit<Tally> commit = commit();
        for (int count = 0; count < OutputCommit.MOST_HELD; count++) {
            commit.output(() -> {});
        }
        runAll(loop);
        assertEquals(List.of(), failures);
        commit.output(() -> {});
        runAll(loop);
        assertEquals(1, failures.size());
        assertEquals(
                "FS211", assertInstanceOf(NodeException.class, failures.get(0)).code());
    }

    @Test
    void aLastStateThatCannotBeWrittenIsToldToTheOneWhoEndsTheNode() throws IOException {
        OutputCommit<Tally> commit = commit();
        Files.delete(file());
        Files.delete(file().getParent());
        Files.createFile(file().getParent());
        CompletableFuture<Void> written = commit.finish();
        runAll(disk);
        CompletionException failure = assertThrows(CompletionException.class, written::join);
        assertEquals(
                "FS211",
                assertInstanceOf(NodeException.class, failure.getCause()).code());
    }
}
