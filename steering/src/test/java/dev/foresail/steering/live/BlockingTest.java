package dev.foresail.steering.live;

import static dev.foresail.steering.fixture.Nodes.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.steering.fixture.Authority;
import dev.foresail.steering.fixture.Nodes;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBufAllocator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that a node does blocks its event loop. */
final class BlockingTest {
    @TempDir
    Path directory;

    @BeforeEach
    void watch() {
        LoopGuard.install();
    }

    @AfterEach
    void leaveOtherTestsAlone() {
        LoopGuard.release();
    }

    @Test
    void aGuardThatIsReleasedLeavesTheNodesOfOtherTestsAlone() {
        LoopGuard.release();
        try (Nodes nodes = new Nodes()) {
            nodes.start(1);
            nodes.node(1).call("sleep", 5L).join();
            assertFalse(nodes.node(1).failure().isDone());
        }
        assertEquals(List.of(), LoopGuard.found());
    }

    /** They share an allocator, whose locks are held for moments; it makes room for more threads when they meet. */
    @Test
    void loopsThatAllocateAtOnceAreNotFound() throws Exception {
        for (int round = 1; round <= 200; round++) {
            ByteBufAllocator shared = new AdaptiveByteBufAllocator(false, false);
            List<Thread> loops = new ArrayList<>();
            for (int loop = 1; loop <= 8; loop++) {
                loops.add(new Thread(() -> allocate(shared), "foresail-n" + loop));
            }
            loops.forEach(Thread::start);
            for (Thread loop : loops) {
                loop.join();
            }
        }
        assertEquals(List.of(), LoopGuard.found());
    }

    /** What a node predicts with ends with it; its threads, which wake then, and the loop meet at locks held for moments. */
    @Test
    void aLoopThatEndsItsPredictionsIsNotFound() throws Exception {
        for (int round = 1; round <= 500; round++) {
            PredictionPool pool = new PredictionPool(2);
            for (int waiting = 1; waiting <= 20; waiting++) {
                pool.unhurried().execute(Thread::onSpinWait);
            }
            Thread loop = new Thread(pool::close, "foresail-n1");
            loop.start();
            loop.join();
        }
        assertEquals(List.of(), LoopGuard.found());
    }

    private static void allocate(ByteBufAllocator shared) {
        for (int count = 1; count <= 200; count++) {
            shared.heapBuffer(64).release();
        }
    }

    @Test
    void theGuardFindsAHandlerThatSleeps() throws Exception {
        try (Nodes nodes = new Nodes();
                Logged logged = new Logged()) {
            nodes.start(1);
            assertThrows(
                    CompletionException.class,
                    () -> nodes.node(1).call("sleep", 5L).join());
            NodeFailure failure = nodes.node(1).failure().get(60, TimeUnit.SECONDS);
            assertTrue(failure.cause().toString().contains("sleep"), failure::toString);
            assertTrue(logged.has("[FS151]"), logged::toString);
        }
        assertEquals(1, LoopGuard.found().size());
        assertTrue(
                LoopGuard.found().get(0).contains("sleep"),
                () -> LoopGuard.found().toString());
    }

    @Test
    void aPeerIsFoundByTheNameOfItsHostAndAnUnknownNameIsAConnectionError() {
        try (Nodes nodes = new Nodes()) {
            nodes.start(1);
            nodes.start(2);
            nodes.named(2, "localhost", nodes.address(2).getPort());
            nodes.node(1).call("send", id(2), 5L).join();
            nodes.awaitHistory(2, "n1:5");
            nodes.named(9, "no-such-host.invalid", 7001);
            nodes.node(1).call("send", id(9), 5L).join();
            nodes.awaitHistory(1, "n9 lost");
        }
        assertEquals(List.of(), LoopGuard.found());
    }

    @Test
    void aNodeThatTalksPredictsStoresAndLosesPeersNeverBlocks() {
        try (Nodes nodes = new Nodes()) {
            nodes.with(ResolverSettings.predicted(Objective.minimize("crowding", Duration.ofSeconds(1))));
            nodes.start(2);
            nodes.start(3);
            nodes.withStorage(directory.resolve("n1.state")).start(1);
            nodes.node(1).call("meet", id(2)).join();
            nodes.node(1).call("meet", id(3)).join();
            nodes.node(2).call("burst", id(1), 200L).join();
            Nodes.await("all numbers", () -> nodes.state(1).received() >= 200);
            for (long value = 1; value <= 20; value++) {
                nodes.node(1).call("spread", value).join();
            }
            nodes.node(1).call("later", 300L).join();
            nodes.awaitHistory(1, "tick");
            nodes.node(3).kill();
            nodes.awaitHistory(1, "n3 lost");
            nodes.node(2).close();
            nodes.awaitHistory(1, "n2 lost");
            nodes.node(1).close();
            assertTrue(nodes.node(1).statistics().decisionCounts().total() >= 20);
        }
        assertEquals(List.of(), LoopGuard.found());
    }

    @Test
    void aNodeThatLooksAtCertificatesNeverBlocks() {
        Authority authority = new Authority(directory);
        try (Nodes nodes = new Nodes()) {
            nodes.with(authority.of(1)).start(1);
            nodes.with(authority.of(2)).start(2);
            nodes.with(authority.of(
                            "host", builder -> builder.addSanDnsName("n3").addSanDnsName("n4")))
                    .start(3);
            nodes.node(1).call("ask", id(2), 7L).join();
            nodes.awaitHistory(1, "n2:7");
            nodes.node(2).call("ask", id(3), 8L).join();
            nodes.awaitHistory(2, "n3:8");
            nodes.node(3).close();
            nodes.awaitHistory(2, "n3 lost");
            nodes.node(2).kill();
            nodes.awaitHistory(1, "n2 lost");
        }
        assertEquals(List.of(), LoopGuard.found());
    }
}
