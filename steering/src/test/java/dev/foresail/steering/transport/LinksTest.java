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
        public void received(NodeId from, Envelope envelope) {
            throw new IllegalStateException(from + " is not connected");
        }

        @Override
        public void connectionError(NodeId peer) {
            lost.add(peer);
        }
    }

    private void sendInVain(long to) {
        links.send(id(to), new Envelope.Subscribe());
        connecting.forEach(link -> links.lost(link, true));
        connecting.clear();
        channel.runScheduledPendingTasks();
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
}
