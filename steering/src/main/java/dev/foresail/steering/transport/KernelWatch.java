package dev.foresail.steering.transport;

import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.ConnectionCounts;
import dev.foresail.network.measure.TransportFigures;
import io.netty.channel.ChannelException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks the kernel what it knows of the connection that a link sends over, while something is sent over it. One per connection; on the event
 * loop.
 */
final class KernelWatch {
    private final NodeId peer;
    private final NewsDesk desk;
    private final Supplier<Optional<TransportFigures>> kernel;
    private final ConnectionCounts counts = new ConnectionCounts();
    private long lookedAtBytes;
    private boolean unacknowledged;
    private boolean measures;
    private boolean mute;

    /** @param kernel throws {@link ChannelException} when the kernel does not answer */
    KernelWatch(NodeId peer, NewsDesk desk, Supplier<Optional<TransportFigures>> kernel) {
        this.peer = peer;
        this.desk = desk;
        this.kernel = kernel;
    }

    /** Looks when something was sent since the last look, and once more, as the acknowledgement may be on its way. */
    boolean look(long sentBytes) {
        boolean sent = sentBytes != lookedAtBytes;
        if (mute || !sent && !unacknowledged) {
            return false;
        }
        unacknowledged = sent;
        lookedAtBytes = sentBytes;
        look();
        return true;
    }

    /** Asks the kernel now, and tells the desk. */
    void look() {
        try {
            long now = desk.nowNanos();
            kernel.get().ifPresent(figures -> told(counts.since(figures, now), now));
        } catch (ChannelException refused) {
            mute = true;
            desk.kernelSilent(String.valueOf(refused.getMessage()));
        }
    }

    private void told(TransportFigures figures, long now) {
        measures = measures || figures.roundTripMicros() > 0;
        desk.transport(peer, figures, now);
    }

    /** Whether the kernel answers, and has measured a round trip. */
    boolean tells() {
        return measures && !mute;
    }
}
