package dev.foresail.steering.live;

import static dev.foresail.steering.fixture.Nodes.id;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.fixture.Poll;
import dev.foresail.steering.fixture.PollMachine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Phases over sockets, with nodes that die. */
final class PhasesLiveTest {
    private static final PollMachine MACHINE = new PollMachine();

    private final Nodes nodes = new Nodes();

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void end() {
        nodes.close();
    }

    private Poll state(long id) {
        return (Poll) nodes.node(id).snapshotState().join();
    }

    @Test
    void whoDiesIsNotWaitedForAndAPhaseOutlivesACrash() {
        nodes.start(2, MACHINE);
        nodes.start(3, MACHINE);
        nodes.withStorage(directory.resolve("n1.state")).start(1, MACHINE);
        nodes.node(1).call("ask", "one", List.of(id(2), id(3))).join();
        Nodes.await("both answers", () -> state(1).results.equals(List.of("one {n2=3, n3=3}")));

        nodes.node(2).call("shut", true).join();
        nodes.node(1).call("ask", "three", List.of(id(2), id(3))).join();
        Nodes.await("the answer of the other", () -> state(1).round.answers().size() == 1);
        nodes.node(1).kill();
        nodes.start(1, MACHINE);
        assertEquals("three", state(1).round.asked().orElseThrow().text(), "it goes on");
        nodes.node(2).call("shut", false).join();
        Nodes.await("the answer that was missing", () -> state(1).results.contains("three {n2=5, n3=5}"));

        nodes.node(3).call("shut", true).join();
        nodes.node(1).call("ask", "seven", List.of(id(2), id(3))).join();
        nodes.node(3).kill();
        Nodes.await("the end without the dead", () -> state(1).results.contains("seven {n2=5}"));
    }
}
