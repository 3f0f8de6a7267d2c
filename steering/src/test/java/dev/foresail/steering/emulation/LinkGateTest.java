package dev.foresail.steering.emulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

/** The receiving end of an emulated connection. */
final class LinkGateTest {
    @Test
    void whatWaitedWhenTheGateWasShutIsDroppedAndTheConnectionEnds() {
        LinkGate gate = new LinkGate();
        EmbeddedChannel channel = new EmbeddedChannel(gate);
        ByteBuf before = Unpooled.buffer(4).writeInt(1);
        channel.writeInbound(before);
        assertEquals(1, channel.<ByteBuf>readInbound().readInt());
        ByteBuf waiting = Unpooled.buffer(4).writeInt(2);
        gate.shut();
        channel.pipeline().fireChannelRead(waiting);
        assertNull(channel.readInbound());
        assertEquals(0, waiting.refCnt(), "and released");
        assertTrue(channel.isOpen(), "until its event loop comes to it");
        channel.runPendingTasks();
        assertFalse(channel.isOpen());
        before.release();
    }
}
