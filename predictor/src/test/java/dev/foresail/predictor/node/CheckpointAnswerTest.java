package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.foresail.choice.NodeId;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What whoever asks for a checkpoint has received already is not told to it again. */
final class CheckpointAnswerTest {
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId ASKING = NodeId.of(2);
    private static final NodeId OTHER = NodeId.of(3);
    private static final long CONNECTION = 70;

    private static Checkpoint.ChannelCheckpoint channel(List<Exported> exported) {
        List<SentMessage> log =
                List.of(new SentMessage(4, "four"), new SentMessage(5, "five"), new SentMessage(6, "six"));
        return new Checkpoint.ChannelCheckpoint(6, 0, log, exported, CONNECTION, 0, List.of());
    }

    private static Checkpoint<String> checkpoint(NodeId peer, List<Exported> exported) {
        SortedMap<NodeId, Checkpoint.ChannelCheckpoint> channels = new TreeMap<>();
        channels.put(peer, channel(exported));
        channels.put(OTHER, channel(List.of()));
        return new Checkpoint<>(SELF, 9, "state", new TreeMap<>(), List.of(), channels, CONNECTION);
    }

    private static List<Long> told(Checkpoint<String> answer, NodeId peer) {
        return answer.channels().get(peer).log().stream()
                .map(SentMessage::sequence)
                .toList();
    }

    @Test
    void onlyWhatIsInFlightToWhoeverAsksIsTold() {
        Checkpoint<String> whole = checkpoint(ASKING, List.of());
        Checkpoint<String> answer = whole.answerTo(ASKING, new Envelope.CheckpointRequest(9, 5, CONNECTION));
        assertEquals(List.of(6L), told(answer, ASKING));
        assertEquals(6, answer.channels().get(ASKING).sent());
        assertEquals(List.of(4L, 5L, 6L), told(answer, OTHER), "what others have received is not for it to say");
    }

    @Test
    void whatItsLastExportHasNotSeenIsToldAllTheSame() {
        Exported exported = new Exported(4, List.of(), 0);
        Checkpoint<String> answer = checkpoint(ASKING, List.of(exported))
                .answerTo(ASKING, new Envelope.CheckpointRequest(9, 6, CONNECTION));
        assertEquals(List.of(5L, 6L), told(answer, ASKING));
    }

    @Test
    void whatCountsOnAnotherConnectionSaysNothing() {
        Checkpoint<String> whole = checkpoint(ASKING, List.of());
        assertSame(whole, whole.answerTo(ASKING, new Envelope.CheckpointRequest(9, 5, CONNECTION + 2)));
        assertSame(whole, whole.answerTo(ASKING, new Envelope.CheckpointRequest(9)));
        assertSame(whole, whole.answerTo(NodeId.of(4), new Envelope.CheckpointRequest(9, 5, CONNECTION)));
    }

    @Test
    void whoeverAsksSaysWhatItHasReceivedAtTheCut() {
        SortedMap<NodeId, Checkpoint.ChannelCheckpoint> channels = new TreeMap<>();
        channels.put(SELF, new Checkpoint.ChannelCheckpoint(0, 5, List.of(), List.of(), 0, CONNECTION, List.of()));
        Checkpoint<String> cut = new Checkpoint<>(ASKING, 9, "state", new TreeMap<>(), List.of(), channels, 0);
        assertEquals(new Envelope.CheckpointRequest(9, 5, CONNECTION), cut.requestTo(SELF));
        assertEquals(new Envelope.CheckpointRequest(9), cut.requestTo(OTHER));
    }
}
