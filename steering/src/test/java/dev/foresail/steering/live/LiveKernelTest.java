package dev.foresail.steering.live;

import static dev.foresail.steering.fixture.Nodes.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.Figure;
import dev.foresail.network.measure.MeasuredLink;
import dev.foresail.network.plane.InformationPlane;
import dev.foresail.network.topology.UniformTopology;
import dev.foresail.predictor.lookahead.MeasuredLinkDelays;
import dev.foresail.steering.emulation.EmulatedNetwork;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.logging.LimitedLog;
import dev.foresail.steering.transport.ProbeSettings;
import dev.foresail.steering.transport.TransportIo;
import dev.foresail.steering.transport.TransportSettings;
import io.netty.channel.epoll.Epoll;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What live nodes know of a connection of their own: by the kernel, or by themselves. */
final class LiveKernelTest {
    private static final TransportSettings OFTEN = TransportSettings.DEFAULT.withNews(Duration.ofMillis(20));

    private final Nodes nodes = new Nodes();

    @AfterEach
    void killAll() {
        nodes.close();
    }

    private InformationPlane<NodeId> start(long node) {
        var knowledge = LiveSurroundings.knowledgeOf(id(node), 7);
        nodes.with(knowledge).start(node);
        return knowledge.plane();
    }

    private void talk() {
        nodes.node(1).call("ask", id(2), 1L).join();
    }

    private static boolean has(InformationPlane<NodeId> plane, long samples) {
        Optional<MeasuredLink> link = plane.measured(id(2));
        return link.isPresent() && link.get().roundTripNanos(RealClock.nanos()).samples() >= samples;
    }

    @Test
    @Execution(CONCURRENT)
    void theKernelTellsOfAConnectionThatEpollServes() {
        assumeTrue(Epoll.isAvailable());
        nodes.with(OFTEN.with(TransportIo.EPOLL));
        InformationPlane<NodeId> plane = start(1);
        nodes.start(2);
        Nodes.await("the kernel's round trips and losses", () -> {
            talk();
            return has(plane, 5)
                    && plane.lossProbability(id(1), id(2), RealClock.nanos()).samples() >= 20;
        });
        MeasuredLink link = plane.measured(id(2)).orElseThrow();
        long now = RealClock.nanos();
        assertTrue(link.isToldByKernel(now));
        Figure roundTrip = link.roundTripNanos(now);
        assertTrue(roundTrip.value() > 0 && roundTrip.value() % 1_000 == 0, roundTrip::toString);
        Figure least = link.minimumRoundTripNanos(now);
        assertTrue(least.value() > 0 && least.value() <= roundTrip.value(), least::toString);
        double loss = plane.lossProbability(id(1), id(2), now).value();
        assertTrue(link.lossInterval(0.95).contains(loss), () -> loss + " in " + link.lossInterval(0.95));
    }

    @Test
    @Execution(CONCURRENT)
    void nodesThatNioServesMeasureThemselves() {
        nodes.with(OFTEN.with(TransportIo.NIO));
        InformationPlane<NodeId> plane = start(1);
        nodes.start(2);
        Nodes.await("round trips", () -> {
            talk();
            return has(plane, 3);
        });
        assertNotByKernel(plane);
    }

    @Test
    @Execution(CONCURRENT)
    void ofAnEmulatedLinkTheKernelSeesNothing() {
        EmulatedNetwork network =
                new EmulatedNetwork(new UniformTopology(2, 3_000_000), Map.of(id(1), 0, id(2), 1), 7, RealClock::nanos);
        nodes.with(OFTEN).with(network.linksOf(id(1)));
        InformationPlane<NodeId> plane = start(1);
        nodes.with(network.linksOf(id(2))).start(2);
        Nodes.await("round trips", () -> {
            talk();
            return has(plane, 3);
        });
        assertNotByKernel(plane);
    }

    private static void assertNotByKernel(InformationPlane<NodeId> plane) {
        MeasuredLink link = plane.measured(id(2)).orElseThrow();
        assertFalse(link.isToldByKernel(RealClock.nanos()));
        assertFalse(link.lossProbability(RealClock.nanos()).isKnown());
    }

    @Test
    @Execution(CONCURRENT)
    void aSilentLinkIsMeasuredWhenSomebodyAsksForIt() {
        nodes.with(OFTEN.with(TransportIo.NIO).with(new ProbeSettings(1_000_000, Duration.ofMillis(50))));
        InformationPlane<NodeId> plane = start(1);
        nodes.start(2);
        Nodes.await("both ends to talk", () -> {
            talk();
            return has(plane, 1);
        });
        long before = plane.measured(id(2))
                .orElseThrow()
                .roundTripNanos(RealClock.nanos())
                .samples();
        Nodes.await("round trips of probes", () -> {
            plane.latencyNanos(id(1), id(2), RealClock.nanos());
            return has(plane, before + 3);
        });
    }

    @Test
    void aKernelThatRefusesIsComplainedOfOnce() {
        var knowledge = LiveSurroundings.knowledgeOf(id(1), 7);
        Logger log = LoggerFactory.getLogger(LiveKernelTest.class);
        LiveNews news = new LiveNews(
                id(1),
                knowledge,
                new MeasuredLinkDelays(knowledge.plane()),
                () -> 0,
                new LimitedLog(log, ImmediateEventExecutor.INSTANCE),
                Runnable::run);
        try (Logged logged = new Logged()) {
            news.kernelSilent("Protocol not available");
            news.kernelSilent("Protocol not available");
            assertEquals(1, logged.count("[FS392] n1: "), logged::toString);
        }
    }
}
