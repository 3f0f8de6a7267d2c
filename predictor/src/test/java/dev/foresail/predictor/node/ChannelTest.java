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

    /** As in a roll-out, where a message comes without its connection's number beside it. */
    @Test
    void theFirstMessageOverAConnectionTellsOfIt() {
        Channel there = new Channel(8, 0);
        Channel here = new Channel(2, 4);
        here.received(7);
        assertEquals(0, here.receivedOf(there), "seven of an earlier connection");
        here.received(1, Optional.of(there));
        assertEquals(1, here.receivedOf(there));
        assertEquals(Long.MAX_VALUE, here.receivedOf(new Channel(6, 0)), "of an earlier one nothing comes any more");
        assertEquals(0, here.receivedOf(new Channel(10, 0)), "of a later one nothing has come yet");
    }

    @Test
    void whereTheSenderIsNotKnownAMessageCountsOnTheConnectionThatIs() {
        Channel there = new Channel(8, 0);
        Channel here = new Channel(2, 8);
        here.received(3, Optional.empty());
        assertEquals(3, here.receivedOf(there));
        assertEquals(3, here.received());
    }
}
