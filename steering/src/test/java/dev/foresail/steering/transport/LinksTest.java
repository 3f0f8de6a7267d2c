package dev.foresail.steering.transport;

import static dev.foresail.steering.fixture.Nodes.id;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.steering.detector.HeartbeatKeys;
import dev.foresail.steering.fixture.Tally;
import dev.foresail.steering.fixture.TallyMachine;
import dev.foresail.steering.wire.WireCodec;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The links of a node whose connections all fail; its loop runs when the test says so. */
final class LinksTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<NodeId> lost = new ArrayList<>();
    private final List<NodeId> unused = new ArrayList<>();
    private Runnable whenBreaking = () -> {};
    private final List<Link> connecting = new ArrayList<>();
    private final Links links = new Links(parts(), connecting::add);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private Transport.Parts parts() {
        TallyMachine machine = new TallyMachine();
        Tally template = machine.create(List.of(10L));
        return new Transport.Parts(
                channel.eventLoop(),
                new Identity("tally", 4711, id(1), 1),
                HeartbeatKeys.none(),
                Optional.empty(),
                new WireCodec<>(machine, template, () -> 0, 1 << 20),
                new FirstHundred(),
                LinkConditions.NONE,
                TransportSettings.DEFAULT,
                new Losses(),
                Optional.empty());
    }

    private static final class FirstHundred implements AddressBook {
        @Override
        public boolean knows(NodeId node) {
            return node.value() <= 100;
        }

        @Override
        public Optional<InetSocketAddress> addressOf(NodeId node) {
            return Optional.empty();
        }
    }

    private final class Losses implements TransportListener {
        @Override
        public void received(NodeId from, Envelope envelope, int frameBytes) {
            throw new IllegalStateException(from + " is not connected");
        }

        @Override
        public void breaking(NodeId peer) {
            whenBreaking.run();
        }

        @Override
        public void connectionError(NodeId peer) {
            lost.add(peer);
        }

        @Override
        public void unusedLinkBroken(NodeId peer) {
            unused.add(peer);
        }
    }

    private void sendInVain(long to) {
        links.send(id(to), new Envelope.Subscribe());
        refuseConnections();
        channel.runScheduledPendingTasks();
    }

    private void refuseConnections() {
        connecting.forEach(link -> links.lost(link, true));
        connecting.clear();
    }

    @Test
    void ofNodesThatNobodyKnowsNothingIsKept() {
        for (long stranger = 1_000; stranger < 1_500; stranger++) {
            sendInVain(stranger);
        }
        assertEquals(500, lost.size());
        assertEquals(0, links.remembered());
        sendInVain(1_000);
        assertEquals(id(1_000), lost.get(500), "and each loss is told");
        sendInVain(2);
        assertEquals(1, links.remembered(), "a peer's links are counted on");
    }

    @Test
    void theLossOfALinkThatOnlyIntroducesIsNoBrokenConnection() {
        links.introduce(id(2));
        refuseConnections();
        channel.runScheduledPendingTasks();
        assertEquals(List.of(), lost);
        assertEquals(List.of(id(2)), unused);
    }

    /** The sender has counted the message as the first over a connection. */
    @Test
    void whatIsSentOverALinkWhoseEndIsNotToldYetIsLostWithIt() {
        links.introduce(id(2));
        refuseConnections();
        links.send(id(2), new Envelope.Subscribe());
        assertEquals(List.of(), connecting);
        channel.runScheduledPendingTasks();
        assertEquals(List.of(id(2)), lost);
        assertEquals(List.of(), unused);
    }

    @Test
    void aProtocolThatBreaksAConnectionHearsOfItWhetherItWasUsedOrNot() {
        links.introduce(id(2));
        links.breakWith(id(2));
        assertEquals(List.of(id(2)), lost);
    }

    /** Handlers of what came over it run before the end is told, and send by the old connection's count. */
    @Test
    void whatIsSentUntilTheEndIsToldOpensNoOtherLink() {
        whenBreaking = () -> links.send(id(2), new Envelope.Subscribe());
        sendInVain(2);
        assertEquals(List.of(id(2)), lost);
        assertEquals(List.of(), connecting);
        links.send(id(2), new Envelope.Subscribe());
        assertEquals(1, connecting.size());
    }
}
