package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Desk;
import dev.foresail.predictor.fixture.DeskMachine;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.RecordingHost;
import dev.foresail.predictor.fixture.RecordingHost.Sent;
import dev.foresail.predictor.node.Checkpoint.ChannelCheckpoint;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A desk that was started again, and knows two trays from before; nobody answers it unless the test does. */
final class RecalledCheckpointsTest {
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId LEFT = NodeId.of(4);
    private static final NodeId RIGHT = NodeId.of(5);
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final RecordingHost host = restarted();
    private final NodeRuntime<Desk> node = new NodeRuntime<>(
            new DeskMachine(),
            SELF,
            Desk.withTrays(LEFT, RIGHT),
            new NodeRuntime.NodeParts<>(
                    host, NodeSettings.DEFAULT, new ManualResolver<>(true), Steering.none(), NodeObserver.NONE),
            bound -> 0);

    private static RecordingHost restarted() {
        RecordingHost host = new RecordingHost();
        host.incarnation = 2;
        return host;
    }

    private static Checkpoint<Desk> of(NodeId tray, long number, Map<NodeId, ChannelCheckpoint> channels) {
        return new Checkpoint<>(
                tray, number, new Desk(), new TreeMap<>(), List.of(), new TreeMap<>(channels), 1L << 21);
    }

    private static Checkpoint<Desk> of(NodeId tray, long number) {
        return of(tray, number, Map.of());
    }

    private static KnownCheckpoint<Desk> known(Checkpoint<Desk> checkpoint, long ageSeconds) {
        return new KnownCheckpoint<>(checkpoint, ageSeconds * SECOND_NANOS);
    }

    /** Has sent and received 3 messages over connections with numbers; the last one may be under way yet. */
    private static ChannelCheckpoint channel(long connection, long peerConnection) {
        return new ChannelCheckpoint(
                3,
                3,
                List.of(new SentMessage(3, new Desk.Filed(3))),
                List.of(),
                connection,
                peerConnection,
                List.of(new PossiblyDelivered(connection - 2, 9, new Desk.Filed(9))));
    }

    private List<String> flights() {
        return SystemSnapshot.of(node.snapshot(), List.of(), 0).flights().stream()
                .map(flight -> flight.from() + " to " + flight.to() + ": "
                        + flight.messages().size() + " and " + flight.unknown())
                .toList();
    }

    private long gathers() {
        node.gatherSoon();
        host.advanceMillis(100);
        return host.takeSent().stream()
                .map(Sent::envelope)
                .filter(Envelope.CheckpointRequest.class::isInstance)
                .mapToLong(request -> ((Envelope.CheckpointRequest) request).number())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoIsNotReachedIsKnownAsItWasAndHowLongAgo() {
        node.recallNeighbours(List.of(known(of(LEFT, 7), 60)));
        host.advanceMillis(2_000);
        assertEquals(Set.of(LEFT), node.snapshot().neighbours().keySet());
        assertEquals(Map.of(LEFT, 62 * SECOND_NANOS), node.snapshot().agesNanos());
    }

    @Test
    void ofAConsistentSetItIsNeverAPart() {
        node.recallNeighbours(List.of(known(of(LEFT, 7), 60), known(of(RIGHT, 7), 60)));
        long number = gathers();
        node.receive(RIGHT, new Envelope.CheckpointAnswer(number, of(RIGHT, number)));
        host.advanceMillis(2_000);
        assertEquals(
                Set.of(RIGHT),
                node.consistentSnapshot().orElseThrow().neighbours().keySet());
        assertEquals(Set.of(LEFT, RIGHT), node.snapshot().neighbours().keySet());
        assertEquals(number, node.snapshot().neighbours().get(RIGHT).number(), "the newer one");
    }

    /** The old connections ended with the node: the last message was received by it before its end, or never will be. */
    @Test
    void nothingIsInFlightToTheNodeFromBeforeItsEndButBetweenTheOthersAsItWas() {
        node.recallNeighbours(List.of(
                known(of(LEFT, 7, Map.of(SELF, channel(20, 40), RIGHT, channel(22, 30))), 60),
                known(
                        of(
                                RIGHT,
                                7,
                                Map.of(LEFT, new ChannelCheckpoint(3, 2, List.of(), List.of(), 30, 22, List.of()))),
                        60)));
        assertEquals(List.of("n4 to n5: 1 and 0"), flights());
    }

    @Test
    void onceSomethingIsHeardFromANeighbourWhatItWasBeforeIsNoPictureOfIt() {
        node.recallNeighbours(List.of(known(of(LEFT, 7, Map.of(SELF, channel(20, 40))), 60)));
        assertEquals(Set.of(LEFT), node.snapshot().neighbours().keySet());
        node.receive(LEFT, new Envelope.Payload(1, 24, 0, new Desk.Filed(1)));
        assertEquals(Set.of(), node.snapshot().neighbours().keySet());
        node.connectionError(LEFT);
        assertEquals(Set.of(), node.snapshot().neighbours().keySet());
    }

    @Test
    void whatContradictsANewerCheckpointIsLeftOut() {
        node.recallNeighbours(List.of(known(of(LEFT, 7, Map.of(RIGHT, channel(22, 30))), 60)));
        long number = gathers();
        ChannelCheckpoint more = new ChannelCheckpoint(3, 4, List.of(), List.of(), 30, 22, List.of());
        node.receive(RIGHT, new Envelope.CheckpointAnswer(number, of(RIGHT, number, Map.of(LEFT, more))));
        host.advanceMillis(2_000);
        assertEquals(Set.of(RIGHT), node.snapshot().neighbours().keySet(), "it has received what n4 had not sent yet");
    }

    @Test
    void whatIsKnownForTheNextTimeIsTheLatestOfEach() {
        node.recallNeighbours(List.of(known(of(LEFT, 7), 60), known(of(RIGHT, 7), 60), known(of(SELF, 7), 60)));
        long number = gathers();
        node.receive(RIGHT, new Envelope.CheckpointAnswer(number, of(RIGHT, number)));
        host.advanceMillis(2_000);
        List<KnownCheckpoint<Desk>> known = node.neighbourCheckpoints();
        assertEquals(
                Map.of(LEFT, 7L, RIGHT, number),
                Map.of(
                        known.get(1).checkpoint().node(),
                        known.get(1).checkpoint().number(),
                        known.get(0).checkpoint().node(),
                        known.get(0).checkpoint().number()));
        assertTrue(known.get(1).ageNanos() > 62 * SECOND_NANOS, known::toString);
        assertTrue(known.get(0).ageNanos() < 3 * SECOND_NANOS, known::toString);
    }

    @Test
    void whoeverIsNoNeighbourIsForgottenWhenThePictureIsAnHourOld() {
        NodeId formerly = NodeId.of(7);
        NodeId lately = NodeId.of(8);
        node.recallNeighbours(
                List.of(known(of(LEFT, 7), 7_200), known(of(formerly, 7), 3_600), known(of(lately, 7), 1_800)));
        assertEquals(Set.of(LEFT, lately), knownAfterARound());
        host.advanceMillis(1_800_000);
        assertEquals(Set.of(LEFT), knownAfterARound());
        node.call("addTray", List.of(formerly));
        assertEquals(Set.of(LEFT), knownAfterARound());
        assertEquals(Set.of(LEFT), node.snapshot().neighbours().keySet());
    }

    private Set<NodeId> knownAfterARound() {
        gathers();
        host.advanceMillis(2_000);
        return node.neighbourCheckpoints().stream()
                .map(each -> each.checkpoint().node())
                .collect(Collectors.toSet());
    }
}
