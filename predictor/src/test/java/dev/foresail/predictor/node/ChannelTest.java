package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelTest {
    private final Channel channel = new Channel();

    private void send(int messages) {
        for (int message = 0; message < messages; message++) {
            long sequence = channel.nextSequence();
            channel.remember(sequence, "message " + sequence);
        }
    }

    private static List<Long> logged(Channel channel) {
        List<Long> sequences = new ArrayList<>();
        channel.log().forEach(entry -> sequences.add(entry.sequence()));
        return sequences;
    }

    @Test
    void countsFromOneAndForgetsWhatThePeerHasReceived() {
        send(4);
        channel.forgetUpTo(2);
        assertEquals(List.of(3L, 4L), logged(channel));
        channel.forgetUpTo(1);
        assertEquals(List.of(3L, 4L), logged(channel), "forgetting less changes nothing");
        channel.forgetUpTo(Long.MAX_VALUE);
        assertEquals(List.of(), logged(channel));
        assertEquals(4, channel.sent(), "what was forgotten still counts as sent");
    }

    @Test
    void theLogIsBoundedAndForgetsTheOldestFirst() {
        send(Channel.LOG_LIMIT + 3);
        List<Long> sequences = logged(channel);
        assertEquals(Channel.LOG_LIMIT, sequences.size());
        assertEquals(4L, sequences.get(0));
        assertEquals(Channel.LOG_LIMIT + 3L, sequences.get(sequences.size() - 1));
    }

    @Test
    void anExportThatHasSeenLessIsOlderAndIgnored() {
        Exported later = new Exported(5, List.of(7), 100);
        channel.exported(later);
        channel.exported(new Exported(4, List.of(6), 200));
        assertEquals(Optional.of(later), channel.exported());
        Exported sameCount = new Exported(5, List.of(8), 300);
        channel.exported(sameCount);
        assertEquals(Optional.of(sameCount), channel.exported(), "the value may change without a message from here");
    }

    @Test
    void aCopyAndARestoredCheckpointGoOnByThemselves() {
        send(2);
        channel.received(9);
        channel.exported(new Exported(1, List.of(3), 50));
        Channel copy = channel.copy();
        Channel restored = channel.checkpoint(List.of()).restore();
        send(1);
        channel.received(10);
        for (Channel other : List.of(copy, restored)) {
            assertEquals(2, other.sent());
            assertEquals(9, other.received());
            assertEquals(List.of(1L, 2L), logged(other));
            assertEquals(List.of(3), other.exported().orElseThrow().values());
            assertEquals(3, other.nextSequence());
        }
    }
}
