package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.RecordingHost;
import dev.foresail.predictor.fixture.RecordingHost.Sent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Node n2 subscribes to the values of this node. */
class ExporterTest {
    private static final NodeId PEER = NodeId.of(2);
    private static final NodeId OTHER = NodeId.of(3);

    private final RecordingHost host = new RecordingHost();
    private final Map<NodeId, Channel> channels = new TreeMap<>();
    private int value = 1;
    private final Exporter exporter = new Exporter(host, 20_000_000L, channels, () -> List.of(value));

    private static Sent export(long received, int value) {
        return new Sent(PEER, new Envelope.AggregateExport(received, List.of(value)));
    }

    @Test
    void followsExactlyTheNeighboursThatCount() {
        exporter.follow(List.of(PEER, OTHER));
        exporter.follow(List.of(PEER, OTHER));
        exporter.follow(List.of(OTHER));
        assertEquals(
                List.of(
                        new Sent(PEER, new Envelope.Subscribe()),
                        new Sent(OTHER, new Envelope.Subscribe()),
                        new Sent(PEER, new Envelope.Unsubscribe())),
                host.takeSent());
        exporter.lost(OTHER);
        exporter.follow(List.of(OTHER));
        assertEquals(
                List.of(new Sent(OTHER, new Envelope.Subscribe())),
                host.takeSent(),
                "the new connection needs a new one");
    }

    @Test
    void aSubscriberGetsTheValueAtOnceAndThenOnlyWhatChanges() {
        exporter.subscribed(PEER);
        assertEquals(List.of(export(0, 1)), host.takeSent());
        host.advanceMillis(100);
        exporter.changed();
        assertEquals(List.of(), host.takeSent(), "nothing has changed");
        value = 2;
        exporter.changed();
        assertEquals(List.of(export(0, 2)), host.takeSent());
    }

    @Test
    void fastChangesAreExportedOncePerInterval() {
        exporter.subscribed(PEER);
        host.takeSent();
        for (value = 2; value < 10; value++) {
            exporter.changed();
            host.advanceMillis(1);
        }
        assertEquals(List.of(), host.takeSent());
        host.advanceMillis(15);
        assertEquals(List.of(export(0, 10)), host.takeSent(), "the value of the end of the interval");
        assertEquals(0, host.scheduled());
    }

    @Test
    void aHandOverThatWasSeenIsToldEvenIfNoValueHasChanged() {
        Channel channel = new Channel();
        channels.put(PEER, channel);
        exporter.subscribed(PEER);
        host.advanceMillis(100);
        host.takeSent();
        channel.received(4);
        exporter.handOverSeen(PEER);
        exporter.handOverSeen(OTHER);
        exporter.changed();
        assertEquals(List.of(export(4, 1)), host.takeSent());
        exporter.changed();
        assertEquals(List.of(), host.takeSent());
    }

    @Test
    void whoHasLeftIsToldNothing() {
        exporter.subscribed(PEER);
        value = 2;
        exporter.changed();
        exporter.unsubscribed(PEER);
        host.takeSent();
        host.advanceMillis(100);
        value = 3;
        exporter.changed();
        assertEquals(List.of(), host.takeSent(), "neither what was scheduled nor what is new");
    }
}
