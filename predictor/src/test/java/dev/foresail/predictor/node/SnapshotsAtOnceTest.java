package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Desk;
import dev.foresail.predictor.fixture.DeskMachine;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.RecordingHost;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A desk with two trays that talk to each other, whose answers count at once. */
final class SnapshotsAtOnceTest {
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId LEFT = NodeId.of(4);
    private static final NodeId RIGHT = NodeId.of(5);

    private final RecordingHost host = new RecordingHost();
    private final NodeRuntime<Desk> node = new NodeRuntime<>(
            new DeskMachine(),
            SELF,
            Desk.withTrays(LEFT, RIGHT),
            new NodeRuntime.NodeParts<>(
                    host,
                    NodeSettings.DEFAULT.withAnswersAtOnce(true),
                    new ManualResolver<>(true),
                    Steering.none(),
                    NodeObserver.NONE),
            bound -> 0);

    /** Says how many messages it has sent to the other tray and received of it. */
    private void answers(NodeId tray, long number, NodeId other, long sent, long received) {
        Checkpoint.ChannelCheckpoint channel =
                new Checkpoint.ChannelCheckpoint(sent, received, List.of(new SentMessage(sent, "x")), List.of());
        node.receive(
                tray,
                new Envelope.CheckpointAnswer(
                        number,
                        new Checkpoint<>(
                                tray,
                                number,
                                new Desk(),
                                new TreeMap<>(),
                                List.of(),
                                new TreeMap<>(Map.of(other, channel)))));
    }

    private long gathers() {
        node.gatherSoon();
        host.advanceMillis(100);
        return host.takeSent().stream()
                .map(RecordingHost.Sent::envelope)
                .filter(Envelope.CheckpointRequest.class::isInstance)
                .mapToLong(request -> ((Envelope.CheckpointRequest) request).number())
                .findFirst()
                .orElseThrow();
    }

    /** Were one early answer enough for steering, a peer could hide from it whomever it contradicts: what a filter is there against would not be seen. */
    @Test
    void anEarlyAnswerHidesAPeerFromPredictionsAndNotFromSteering() {
        long first = gathers();
        answers(LEFT, first, RIGHT, 3, 0);
        answers(RIGHT, first, LEFT, 3, 3);
        long second = gathers();
        answers(LEFT, second, RIGHT, 3, 4);
        assertEquals(Set.of(LEFT), node.snapshot().neighbours().keySet(), "n4 has received what n5 had not sent yet");
        assertEquals(Set.of(LEFT, RIGHT), node.roundSnapshot().neighbours().keySet());
        assertEquals(first, node.roundSnapshot().neighbours().get(LEFT).number());
        answers(RIGHT, second, LEFT, 4, 3);
        assertEquals(second, node.roundSnapshot().neighbours().get(RIGHT).number());
    }
}
