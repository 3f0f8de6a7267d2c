package dev.foresail.steering.live;

import static dev.foresail.steering.fixture.Nodes.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.Figure;
import dev.foresail.network.plane.InformationPlane;
import dev.foresail.network.plane.NetworkKnowledge;
import dev.foresail.network.topology.MatrixTopology;
import dev.foresail.steering.emulation.EmulatedNetwork;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.transport.TransportSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** Live nodes over links that take some milliseconds learn how long, and tell each other. */
final class LiveNewsTest {
    private static final long MILLI = 1_000_000;
    /** One way; the nodes 2 and 3 never talk to each other. */
    private static final long[][] DELAYS = {
        {0, 5 * MILLI, 12 * MILLI}, {5 * MILLI, 0, 15 * MILLI}, {12 * MILLI, 15 * MILLI, 0}
    };

    private final Nodes nodes = new Nodes().with(TransportSettings.DEFAULT.withNews(Duration.ofMillis(20)));

    @AfterEach
    void killAll() {
        nodes.close();
    }

    private NetworkKnowledge<NodeId> startWithKnowledge(long node) {
        NetworkKnowledge<NodeId> knowledge = LiveSurroundings.knowledgeOf(id(node), 7);
        nodes.with(knowledge).start(node);
        return knowledge;
    }

    private InformationPlane<NodeId> start(EmulatedNetwork network, long node) {
        nodes.with(network.linksOf(id(node)));
        return startWithKnowledge(node).plane();
    }

    private static boolean isMeasured(InformationPlane<NodeId> plane, long peer, long nanos) {
        return plane.measured(id(peer))
                .map(link -> link.minimumRoundTripNanos(RealClock.nanos()))
                .filter(least -> least.isKnown() && least.samples() >= 5 && least.value() <= 1.2 * nanos)
                .isPresent();
    }

    private static void assertAtLeast(InformationPlane<NodeId> plane, long peer, long nanos) {
        Figure least = plane.measured(id(peer)).orElseThrow().minimumRoundTripNanos(RealClock.nanos());
        assertTrue(least.value() >= nanos, () -> "n" + peer + " is as far as the link is long: " + least);
    }

    @Test
    @Execution(CONCURRENT)
    void bothEndsMeasureAndThePairThatNeverMetIsEstimated() {
        EmulatedNetwork network = new EmulatedNetwork(
                new MatrixTopology(DELAYS, List.of("a", "b", "c")),
                Map.of(id(1), 0, id(2), 1, id(3), 2),
                7,
                RealClock::nanos);
        InformationPlane<NodeId> hub = start(network, 1);
        InformationPlane<NodeId> near = start(network, 2);
        InformationPlane<NodeId> far = start(network, 3);
        Nodes.await("both ends of both links to measure", () -> {
            nodes.node(1).call("ask", id(2), 1L).join();
            nodes.node(1).call("ask", id(3), 1L).join();
            return isMeasured(hub, 2, 10 * MILLI)
                    && isMeasured(hub, 3, 24 * MILLI)
                    && isMeasured(near, 1, 10 * MILLI)
                    && isMeasured(far, 1, 24 * MILLI);
        });
        assertAtLeast(hub, 2, 10 * MILLI);
        assertAtLeast(hub, 3, 24 * MILLI);
        assertAtLeast(near, 1, 10 * MILLI);
        assertAtLeast(far, 1, 24 * MILLI);

        Nodes.await("the hub to estimate the pair that never met", () -> isEstimated(hub));
        Nodes.await("one of the pair to be told of the other", () -> {
            nodes.node(1).call("ask", id(2), 1L).join();
            return isEstimated(near);
        });
        assertEquals(Optional.empty(), near.measured(id(3)));
    }

    /** Between half of the shortest and twice of the longest that the two round trips to the hub allow. */
    private static boolean isEstimated(InformationPlane<NodeId> plane) {
        Figure latency = plane.latencyNanos(id(2), id(3), RealClock.nanos());
        return latency.isKnown() && latency.value() >= 3.5 * MILLI && latency.value() <= 34 * MILLI;
    }

    @Test
    @Execution(CONCURRENT)
    void nodesOfOneProcessKnowTogetherWhatOneHasMeasured() {
        NetworkKnowledge<NodeId> shared = startWithKnowledge(1);
        nodes.start(4);
        startWithKnowledge(2);
        Nodes.await("a round trip", () -> {
            nodes.node(1).call("ask", id(2), 1L).join();
            return shared.plane().latencyNanos(id(1), id(2), RealClock.nanos()).isKnown();
        });
        long now = RealClock.nanos();
        Figure ofTheOther = shared.plane().latencyNanos(id(4), id(2), now);
        assertTrue(ofTheOther.isKnown());
        Figure within = shared.plane().latencyNanos(id(1), id(4), now);
        assertFalse(within.isKnown());
        assertEquals(50_000, within.value(), "nobody measures a process's way to itself");
    }

    @Test
    void whatAnEndingNodeInterruptsIsNoFailure() {
        LiveNews.untilTheEnd(() -> {
            throw new RuntimeException(new IllegalStateException(new InterruptedException()));
        });
        assertTrue(Thread.interrupted(), "whoever runs it is told");
        IllegalStateException wrong = new IllegalStateException("no such link");
        assertEquals(
                wrong,
                assertThrows(
                        IllegalStateException.class,
                        () -> LiveNews.untilTheEnd(() -> {
                            throw wrong;
                        })));
    }
}
