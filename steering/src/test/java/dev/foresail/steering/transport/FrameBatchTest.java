package dev.foresail.steering.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Frames on their way out of a connection without a network. */
final class FrameBatchTest {
    private final List<Long> gone = new ArrayList<>();
    private Optional<byte[]> news = Optional.empty();
    private final List<Integer> left = new ArrayList<>();
    private final FrameBatch batch = new FrameBatch(gone::add, this::leaving);
    private final EmbeddedChannel channel = new EmbeddedChannel(batch);

    private Optional<byte[]> leaving(int bytes, boolean limitedBySender) {
        left.add(bytes);
        return news;
    }

    private String written() {
        ByteBuf buffer = channel.readOutbound();
        assertNotNull(buffer, "nothing was written");
        String hex = ByteBufUtil.hexDump(buffer);
        buffer.release();
        return hex;
    }

    @Test
    void whatOneTurnOfTheLoopSendsLeavesTogetherAndInOrder() {
        batch.add(new byte[] {1});
        batch.add(new byte[] {2, 3});
        assertNull(channel.readOutbound(), "the turn is not over");
        channel.runPendingTasks();
        assertEquals("0000000101" + "000000020203", written());
        assertEquals(List.of(3L), gone);
        batch.add(new byte[] {4});
        channel.runPendingTasks();
        assertEquals("0000000104", written());
        assertEquals(List.of(3L, 1L), gone);
    }

    @Test
    void aLongBatchLeavesAtOnceAndWhatFollowsLeavesBehindIt() {
        byte[] frame = new byte[60_000];
        batch.add(frame);
        batch.add(frame);
        batch.add(new byte[] {9});
        assertEquals(List.of(120_000L), gone);
        channel.runPendingTasks();
        assertEquals(2 * (120_000 + 2 * Integer.BYTES), written().length());
        assertEquals("0000000109", written());
        assertNull(channel.readOutbound());
    }

    @Test
    void newsLeaveWithOtherFramesAndNeverAlone() {
        news = Optional.of(new byte[] {7, 7});
        channel.runPendingTasks();
        assertNull(channel.readOutbound(), "nothing else is sent");
        batch.add(new byte[] {1});
        batch.add(new byte[] {2});
        channel.runPendingTasks();
        assertEquals("0000000101" + "0000000102" + "000000020707", written());
        assertEquals(List.of(2L), gone, "nobody waits for news");
        assertEquals(List.of(10), left, "with lengths");
    }

    @Test
    void whatWasSentBeforeTheConnectionIsClosedStillLeaves() {
        batch.add(new byte[] {1});
        assertTrue(channel.close().isSuccess());
        assertEquals("0000000101", written());
        channel.runPendingTasks();
        assertEquals(List.of(1L), gone);
    }

    @Test
    void whatIsSentOverALostConnectionIsSaidToBeGone() {
        assertTrue(channel.close().isSuccess());
        batch.add(new byte[] {1, 2});
        channel.runPendingTasks();
        assertNull(channel.readOutbound());
        assertEquals(List.of(2L), gone);
    }
}
