package dev.foresail.steering.live;

import static dev.foresail.steering.fixture.Nodes.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.stack.Stack;
import dev.foresail.network.measure.PhiAccrualSettings;
import dev.foresail.steering.detector.FailureDetectorSettings;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.fixture.Authority;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.fixture.Parcels;
import dev.foresail.steering.transport.LinkConditions;
import io.netty.channel.ChannelHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What live nodes send each other outside of connections. */
final class DatagramsLiveTest {
    private final Nodes nodes = new Nodes();

    @AfterEach
    void end() {
        nodes.close();
    }

    private static Machine<?> over(String transport) {
        return ProtocolLookup.find("parcels/" + transport, DatagramsLiveTest.class.getClassLoader());
    }

    private List<String> history(long node) {
        return ((Stack) nodes.node(node).snapshotState().join()).layer(Parcels.class).history;
    }

    private void post(long from, long to, String text) {
        nodes.node(from).call("post", id(to), text).join();
    }

    /** Connections are as they are; datagrams of these numbers, from 1 and of all nodes, are lost. */
    private static LinkConditions losing(Predicate<Integer> isLost) {
        return conditions(isLost, 0);
    }

    /** @param noticeDelayNanos as of {@link LinkConditions#noticeDelayNanos} */
    private static LinkConditions conditions(Predicate<Integer> isLost, long noticeDelayNanos) {
        AtomicInteger sent = new AtomicInteger();
        return new LinkConditions() {
            @Override
            public Optional<ChannelHandler> outgoing(NodeId to) {
                return Optional.empty();
            }

            @Override
            public Optional<ChannelHandler> incoming(NodeId from) {
                return Optional.empty();
            }

            @Override
            public boolean isCut(NodeId peer) {
                return false;
            }

            @Override
            public OptionalLong datagramDelayNanos(NodeId to) {
                return isLost.test(sent.incrementAndGet()) ? OptionalLong.empty() : OptionalLong.of(0);
            }

            @Override
            public long noticeDelayNanos(NodeId peer, OptionalLong incarnation, boolean refused) {
                return noticeDelayNanos;
            }
        };
    }

    @Test
    void aMessageGoesByUdpBetweenNodesThatHaveNeverTalked() {
        nodes.start(1, over("datagrams"));
        nodes.start(2, over("datagrams"));
        post(1, 2, "hello");
        Nodes.await("the message", () -> history(2).equals(List.of("n1:hello")));
        post(2, 1, "back");
        Nodes.await("the answer", () -> history(1).equals(List.of("n2:back")));
    }

    /** Were they sent over the connection by which the nodes know each other, they would come. */
    @Test
    void whatIsLostDoesNotComeAnotherWay() {
        nodes.with(losing(number -> number <= 3));
        nodes.start(1, over("datagrams"));
        nodes.start(2, over("datagrams"));
        List.of("one", "two", "three", "four").forEach(text -> post(1, 2, text));
        Nodes.await("the fourth", () -> history(2).equals(List.of("n1:four")));
    }

    @Test
    void reliableDatagramsGetThroughLossesOnce() {
        nodes.with(losing(number -> number % 2 == 1));
        nodes.start(1, over("reliable-datagrams"));
        nodes.start(2, over("reliable-datagrams"));
        List.of("one", "two", "three").forEach(text -> post(1, 2, text));
        Nodes.await("all", () -> history(2).size() >= 3);
        assertEquals(
                List.of("n1:one", "n1:three", "n1:two"),
                history(2).stream().sorted().toList());
    }

    @Test
    void aPeerThatIsDownIsNoBrokenConnectionButFails() {
        nodes.withParameters(Map.of("tick", "50ms", "attempts", "4"));
        nodes.start(1, over("reliable-datagrams"));
        nodes.start(2, over("reliable-datagrams"));
        post(1, 2, "before");
        Nodes.await("the message", () -> history(2).equals(List.of("n1:before")));
        nodes.node(2).kill();
        post(1, 2, "after");
        Nodes.await("failure", () -> history(1).equals(List.of("n2 failed")));
    }

    /** As after a power cut: nobody says that the connection is gone, and nothing is sent over it that would show it. */
    @Test
    void aPeerThatHasBegunAnewUnnoticedSoonTakesDatagrams() {
        nodes.with(conditions(number -> false, LinkConditions.WHEN_USED));
        nodes.start(1, over("datagrams"));
        nodes.start(2, over("datagrams"));
        post(1, 2, "before");
        Nodes.await("the message", () -> history(2).equals(List.of("n1:before")));
        nodes.node(2).kill();
        nodes.start(2, nodes.address(2), over("datagrams"));
        Nodes.await("a message to the next start", () -> {
            post(1, 2, "after");
            return history(2).contains("n1:after");
        });
    }

    @Test
    void overConnectionsABreakIsToldAtOnce() {
        nodes.start(1, over("streams"));
        nodes.start(2, over("streams"));
        post(1, 2, "before");
        Nodes.await("the message", () -> history(2).equals(List.of("n1:before")));
        nodes.node(2).kill();
        Nodes.await("both layers hear", () -> history(1).size() == 2);
        assertEquals(
                List.of("n2 broken", "n2 failed"), history(1).stream().sorted().toList());
    }

    @Test
    void withCertificatesDatagramsAreSealedToo(@TempDir Path folder) {
        Authority authority = new Authority(folder);
        nodes.with(authority.of(1)).start(1, over("datagrams"));
        nodes.with(authority.of(2)).start(2, over("datagrams"));
        post(1, 2, "secret");
        Nodes.await("the message", () -> history(2).equals(List.of("n1:secret")));
    }

    /** Its attempts may take 12.6 s, what is above it waits 8 s; a connection is waited for 5 s. */
    @Test
    void aLayerThatWaitsForLessThanTheOneBelowIsToldOf() {
        try (Logged logged = new Logged()) {
            nodes.start(1, over("reliable-datagrams"));
            assertTrue(logged.has("FS533") && logged.has("parcels waits 8000 ms for a word of the receiver"));
        }
        try (Logged logged = new Logged()) {
            nodes.start(2, over("streams"));
            assertFalse(logged.has("FS533"));
        }
    }

    @Test
    void aNodeWhoseDetectorIsSwitchedOffHasNoSocketForThem() {
        nodes.with(new FailureDetectorSettings(FailureDetectorSettings.Use.NEVER, PhiAccrualSettings.DEFAULT));
        Machine<?> machine = over("datagrams");
        NodeException refused = assertThrows(NodeException.class, () -> nodes.start(1, machine));
        assertTrue(refused.getMessage().contains("FS535"), refused.getMessage());
        nodes.start(2, over("streams"));
        assertEquals(List.of(), history(2));
    }
}
