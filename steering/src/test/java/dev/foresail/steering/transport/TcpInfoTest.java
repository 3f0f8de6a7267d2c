package dev.foresail.steering.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.network.measure.TransportFigures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** What the bytes of TCP_INFO mean; that there are such bytes, LiveKernelTest shows. */
final class TcpInfoTest {
    private final ByteBuffer info = ByteBuffer.allocate(224).order(ByteOrder.nativeOrder());

    @Test
    void eachFigureHasItsPlace() {
        info.putInt(56, 7).putInt(68, 1_500).putInt(72, 200).putInt(100, 12);
        info.putInt(148, 900).putInt(156, 3_000).putInt(216, 2);
        assertEquals(new TransportFigures(1_500, 200, 900, 3_000, 10, 7), TcpInfo.figures(info));
    }

    @Test
    void whatAnOlderKernelDoesNotSayIsZero() {
        info.putInt(56, 7).putInt(68, 1_500).putInt(72, 200).putInt(100, 12);
        assertEquals(new TransportFigures(1_500, 200, 0, 0, 12, 7), TcpInfo.figures(info));
    }

    @Test
    void aConnectionThatHasMeasuredNothingHasNoLeastRoundTrip() {
        info.putInt(148, -1).putInt(100, 1).putInt(216, 3);
        assertEquals(new TransportFigures(0, 0, 0, 0, 0, 0), TcpInfo.figures(info));
    }
}
